#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* The only place that asks the machine what time it is. */

#include <stdbool.h>
#include <sys/types.h>

#include "base/now.h"

struct now clock_now(void);
int64_t clock_monotonic_ms(void);

/* The processor's time that a process has used so far; -1: nobody knows (it is gone). */
int64_t clock_process_ms(pid_t process);

/*
 * Whether the wall clock is kept right by the network. A machine that may not be asked (a container, a
 * service without that right) is believed: a lamp that nobody can put out is soon overlooked.
 */
bool clock_synchronised(void);

/* What adjtimex() answered, `state` what it returned. */
bool clock_is_kept(int state, int status);

#endif
