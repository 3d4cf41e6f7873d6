#ifndef BASE_CHANCE_H
#define BASE_CHANCE_H

/* A number that no other machine has, also not one that got its power back in the same second. */

#include <stdint.h>

/* Never 0. From the kernel's random numbers; where it has none yet, from the machine's identity. */
uint32_t chance_draw(void);

/* What stands in for the kernel: two machines differ, and two calls of one machine. */
uint32_t chance_of_machine(const char *machine_id, int64_t moment_ns);

#endif
