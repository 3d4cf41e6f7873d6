#include "model/okr.h"

#include <math.h>

static const int64_t STALE_AFTER_MS = 7 * 24 * 3600 * INT64_C(1000);
static const double EASY_BEFORE = 0.6;
static const double ROUNDING = 1e-9; /* 0.7 of the way is 0.7, whatever the doubles say */

struct scale {
    double ok, warn; /* from */
};

static const struct scale pace_scale = {0.85, 0.60};
static const struct scale end_scale[] = {[OKR_AMBITIOUS] = {0.7, 0.4}, [OKR_COMMITTED] = {0.95, 0.8}};

static enum display grade(const struct scale *scale, double value)
{
    if (isnan(value))
        return DISPLAY_NEUTRAL;
    if (value >= scale->ok - ROUNDING)
        return DISPLAY_OK;
    return value >= scale->warn - ROUNDING ? DISPLAY_WARN : DISPLAY_CRITICAL;
}

static double clamp_share(double share)
{
    return isnan(share) ? share : fmin(fmax(share, 0), 1);
}

double okr_elapsed(int64_t from_wall_ms, int64_t to_wall_ms, int64_t now_wall_ms)
{
    if (to_wall_ms <= from_wall_ms)
        return NAN;
    return clamp_share((double)(now_wall_ms - from_wall_ms) / (double)(to_wall_ms - from_wall_ms));
}

static double progress_of(const struct okr_key_result *result)
{
    double way = result->goal - result->start;
    if (!(fabs(way) > 0))
        return NAN;
    return clamp_share((result->current - result->start) / way);
}

static struct okr_score judge(double progress, double elapsed, enum okr_promise promise)
{
    struct okr_score score = {.progress = progress, .pace = elapsed > 0 ? progress / elapsed : NAN};
    score.during = grade(&pace_scale, score.pace);
    score.at_end = grade(&end_scale[promise], progress);
    score.too_easy = progress >= 1 && elapsed < EASY_BEFORE;
    return score;
}

static bool stale_at(const struct okr_key_result *result, int64_t now_wall_ms)
{
    return now_wall_ms - result->updated_wall_ms > STALE_AFTER_MS;
}

struct okr_score okr_score(const struct okr_key_result *result, double elapsed, int64_t now_wall_ms)
{
    struct okr_score score = judge(progress_of(result), elapsed, result->promise);
    score.stale = stale_at(result, now_wall_ms);
    return score;
}

double okr_objective_progress(const struct okr_key_result *results, size_t count)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < count; i++) {
        double progress = progress_of(&results[i]);
        double weight = results[i].weight > 0 ? results[i].weight : 1;
        if (isnan(progress))
            continue;
        sum += weight * progress;
        weights += weight;
    }
    return weights > 0 ? sum / weights : (double)NAN;
}

struct okr_score okr_objective_score(const struct okr_key_result *results, size_t count, double elapsed,
                                     int64_t now_wall_ms)
{
    enum okr_promise promise = OKR_COMMITTED;
    bool stale = false;
    for (size_t i = 0; i < count; i++) {
        if (results[i].promise == OKR_AMBITIOUS)
            promise = OKR_AMBITIOUS;
        stale = stale || stale_at(&results[i], now_wall_ms);
    }
    struct okr_score score = judge(okr_objective_progress(results, count), elapsed, promise);
    score.stale = stale;
    return score;
}

struct limits okr_limits(double elapsed, enum okr_promise promise)
{
    bool over = elapsed >= 1;
    const struct scale *scale = over ? &end_scale[promise] : &pace_scale;
    double share = over ? 1 : elapsed;
    return (struct limits){share * scale->ok, NAN, share * scale->warn, NAN};
}
