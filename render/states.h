#ifndef RENDER_STATES_H
#define RENDER_STATES_H

/*
 * What is shown in place of the wall when there is nothing that a wall could show: it starts, no network is
 * there, everything is closed, the board file has an error. Each says what it waits for and goes away by
 * itself.
 */

#include "render/sheet.h"

/* The screen for this moment: what somebody with a key wants to see, else the wall or one of those states. */
enum stage_screen states_screen(const struct stage *stage, const struct snapshot *snapshot);

/* Whether what the machine says of its network decides: every source is out of reach. */
bool states_ask_machine(const struct snapshot *snapshot);

void starting_draw(struct pen *pen, const struct sheet *sheet);
void no_network_draw(struct pen *pen, const struct sheet *sheet);
void closed_draw(struct pen *pen, const struct sheet *sheet);
void fault_draw(struct pen *pen, const struct sheet *sheet);

#endif
