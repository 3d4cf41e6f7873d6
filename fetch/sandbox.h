#ifndef FETCH_SANDBOX_H
#define FETCH_SANDBOX_H

/*
 * Takes away from the calling process nearly all that it may ask the kernel for.
 *
 * What is left: reading and writing what is open already, memory, a timer, ending. Opening a file is
 * refused with an error, since the C library tries it when it is short of memory; a socket, another
 * program or anything else unheard of ends the process at once with SIGSYS.
 *
 * A seccomp filter written by hand: one table, no library, the same on amd64, arm64 and armhf.
 */

#include <stdbool.h>

#include "base/error.h"

/* Whether there is such a thing here; the error says why not (an old kernel, another processor). */
bool sandbox_available(struct error *error);

/* From here on there is no way back, also for programs started and threads made later. False: nothing
 * changed. */
bool sandbox_enter(void);

#endif
