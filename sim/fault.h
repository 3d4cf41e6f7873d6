#ifndef SIM_FAULT_H
#define SIM_FAULT_H

/*
 * Answers as bad as the network and real services give them, for tests and demonstrations:
 * `?fault=NAME` behind any path. The names are in fault.c and in sim/README.md.
 */

#include <stdbool.h>

#include "base/text.h"

struct MHD_Connection;
struct parking;

/* Whether there is such a fault. "frozen" is none of these: the server itself remembers. */
bool fault_exists(const char *name);

/* All names, as a list for a person. */
void fault_names(struct text *out);

/*
 * Answers in place of the server. `good` is what it would have said. False: the connection is to be
 * cut. Where the connection is parked, it is called again for the same request later.
 */
bool fault_answer(const char *name, struct MHD_Connection *connection, struct parking *parking,
                  const struct text *good);

#endif
