#ifndef APP_MACHINE_H
#define APP_MACHINE_H

/*
 * What the machine under the wall says of itself, for the info page. Asked only when somebody looks: small
 * files of the kernel and the list of network addresses, nothing that waits.
 */

#include "render/stage.h"

/*
 * Fills in what can change. `root` stands before every path: "" for the machine itself. Host, version, board
 * and display are the caller's.
 */
void machine_look(struct stage_machine *machine, const char *root);

/* Names the host, the program's version, and the board's file with a short hash of what is in it. */
void machine_introduce(struct stage_machine *machine, const char *board_path);

#endif
