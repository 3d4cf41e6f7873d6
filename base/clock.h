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
 * Whether the wall clock is kept right by the network. A machine of which nobody says anything (a container)
 * is believed: a lamp that nobody can put out is soon overlooked.
 */
bool clock_synchronised(void);

/* What systemd-timesyncd's folder says: it does not run, it still waits for a time server, it has set the
 * clock. */
enum clock_server { CLOCK_SERVER_ABSENT, CLOCK_SERVER_AWAITED, CLOCK_SERVER_ANSWERED };

/* What adjtimex() answered, `state` what it returned: -1 in a service that may not ask, where the folder
 * counts. */
bool clock_is_kept(int state, int status, enum clock_server server);

#endif
