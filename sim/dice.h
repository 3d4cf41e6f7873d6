#ifndef SIM_DICE_H
#define SIM_DICE_H

/*
 * Chance that is the same on every machine: a seeded generator of our own and nothing but integers
 * and the four IEEE operations behind it. The C library's rand() and log() may differ between
 * machines in the last bit, and one bit is enough for another day.
 */

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state, step;
};

/* Dice of the same seed but another stream are independent of each other. */
void dice_init(struct dice *dice, uint64_t seed, uint64_t stream);

int dice_below(struct dice *dice, int sides);         /* 0 .. sides - 1 */
bool dice_chance(struct dice *dice, double percent);  /* true so often */
int64_t dice_wait_ms(struct dice *dice, double mean); /* exponential: the time to the next event */

/* The sum of `parts` exponential times, `mean_ms` in all: few very short ones, a long tail. */
int64_t dice_duration_ms(struct dice *dice, double mean_ms, int parts);

#endif
