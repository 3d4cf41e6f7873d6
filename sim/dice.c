#include "sim/dice.h"

#include <math.h>

/* A linear congruence of 64 bits whose high bits, folded and rotated, are the output (the PCG family). Any of
 * 2^32. */
static uint32_t dice_word(struct dice *dice)
{
    uint64_t old = dice->state;
    dice->state = old * UINT64_C(6364136223846793005) + dice->step;
    uint32_t folded = (uint32_t)(((old >> 18) ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return (folded >> turn) | (folded << ((32 - turn) & 31));
}

void dice_init(struct dice *dice, uint64_t seed, uint64_t stream)
{
    dice->step = (stream << 1) | 1; /* must be odd for the full period */
    dice->state = 0;
    dice_word(dice);
    dice->state += seed;
    for (int i = 0; i < 4; i++) /* neighbouring seeds and streams part ways */
        dice_word(dice);
}

/* Above 0, up to and including 1. */
static double dice_unit(struct dice *dice)
{
    uint64_t high = dice_word(dice) >> 5, low = dice_word(dice) >> 6;
    return ((double)((high << 26) | low) + 1.0) / 9007199254740992.0; /* 2^53 */
}

int dice_below(struct dice *dice, int sides)
{
    return (int)(((uint64_t)dice_word(dice) * (uint64_t)sides) >> 32);
}

bool dice_chance(struct dice *dice, double percent)
{
    return dice_unit(dice) * 100 <= percent;
}

/*
 * ln x for 0 < x <= 1: 2 artanh((m - 1) / (m + 1)) + e ln 2 with x = m 2^e; frexp() is exact. Eight
 * terms of the series are good for nine digits, more than a time in milliseconds needs.
 */
static double logarithm(double x)
{
    static const double parts[] = {1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1.0};
    int exponent;
    double mantissa = frexp(x, &exponent);
    double z = (mantissa - 1) / (mantissa + 1), square = z * z, sum = 0;
    for (int i = 0; i < 8; i++)
        sum = sum * square + parts[i];
    return 2 * z * sum + exponent * 0.6931471805599453;
}

int64_t dice_wait_ms(struct dice *dice, double mean)
{
    return (int64_t)(-logarithm(dice_unit(dice)) * mean);
}

int64_t dice_duration_ms(struct dice *dice, double mean_ms, int parts)
{
    int64_t sum_ms = 0;
    for (int i = 0; i < parts; i++)
        sum_ms += dice_wait_ms(dice, mean_ms / parts);
    return sum_ms;
}
