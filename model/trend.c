#include "model/trend.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS_MIN = 8, LAST_THIRD_MIN = 5, PAIRS_MAX = TREND_POINTS_MAX * (TREND_POINTS_MAX - 1) / 2 };

static const double SPAN_MIN_S = 120;
static const double SIGNIFICANT_Z = 1.645; /* 90 %, both sides */
static const double STILL_GOING = 0.25;    /* of the slope, in the last third */
static const double FAR_S = 3600;
static const double FAR_SPANS = 2;

/* ---- medians ---- */

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
}

static double median_of_sorted(const double *values, size_t count)
{
    if (count == 0)
        return NAN;
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* ---- what is looked at ---- */

struct view {
    struct trend_point points[TREND_POINTS_MAX];
    size_t count;
};

static size_t first_in_span(const struct trend_point *points, size_t count)
{
    size_t first = 0;
    while (points[count - 1].t_s - points[first].t_s > TREND_SPAN_S)
        first++;
    return first;
}

/* The first and the last stay, whatever is left out between them. */
static void look_at(struct view *view, const struct trend_point *points, size_t count)
{
    view->count = 0;
    if (count == 0)
        return;
    size_t first = first_in_span(points, count), there = count - first;
    view->count = there < TREND_POINTS_MAX ? there : TREND_POINTS_MAX;
    for (size_t i = 0; i < view->count; i++) {
        size_t at = there <= TREND_POINTS_MAX ? i : i * (there - 1) / (TREND_POINTS_MAX - 1);
        view->points[i] = points[first + at];
    }
}

static double span_s(const struct view *view)
{
    return view->count ? view->points[view->count - 1].t_s - view->points[0].t_s : 0;
}

/* ---- Theil and Sen ---- */

/* All slopes between two points, sorted; gives how many. */
static size_t slopes_between(const struct trend_point *points, size_t count, double slopes[PAIRS_MAX])
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (points[j].t_s > points[i].t_s)
                slopes[found++] = (points[j].value - points[i].value) / (points[j].t_s - points[i].t_s);
    sort(slopes, found);
    return found;
}

static double median_slope(const struct trend_point *points, size_t count)
{
    double slopes[PAIRS_MAX];
    size_t found = slopes_between(points, count, slopes);
    return median_of_sorted(slopes, found);
}

static double level_at_end(const struct view *view, double slope_per_s)
{
    double levels[TREND_POINTS_MAX], end_s = view->points[view->count - 1].t_s;
    for (size_t i = 0; i < view->count; i++)
        levels[i] = view->points[i].value + slope_per_s * (end_s - view->points[i].t_s);
    sort(levels, view->count);
    return median_of_sorted(levels, view->count);
}

/* ---- Mann and Kendall ---- */

/* Pairs that rise less pairs that fall. */
static int rises_less_falls(const struct view *view)
{
    int sum = 0;
    for (size_t i = 0; i < view->count; i++)
        for (size_t j = i + 1; j < view->count; j++)
            sum += (view->points[j].value > view->points[i].value) -
                   (view->points[j].value < view->points[i].value);
    return sum;
}

static double tie_term(double size)
{
    return size * (size - 1) * (2 * size + 5);
}

/* Of the sum above if there is no trend; equal values make it smaller. */
static double variance(const struct view *view)
{
    double values[TREND_POINTS_MAX], total = tie_term((double)view->count);
    for (size_t i = 0; i < view->count; i++)
        values[i] = view->points[i].value;
    sort(values, view->count);
    for (size_t i = 0, end; i < view->count; i = end) {
        for (end = i + 1; end < view->count && values[end] <= values[i];)
            end++;
        total -= tie_term((double)(end - i));
    }
    return total / 18;
}

/* One step towards 0 for continuity. */
static double significance(int sum, double spread)
{
    if (sum == 0 || spread <= 0)
        return 0;
    return (sum > 0 ? sum - 1 : sum + 1) / sqrt(spread);
}

/* The slopes that stand as many places from the middle as chance moves it (Sen, 1968). */
static void set_interval(struct trend *trend, const double *slopes, size_t count, double spread)
{
    double reach = SIGNIFICANT_Z * sqrt(fmax(spread, 0));
    double low = round(((double)count - reach) / 2) - 1, high = round(((double)count + reach) / 2);
    trend->slope_low_per_s = slopes[low > 0 ? (size_t)low : 0];
    trend->slope_high_per_s = slopes[high < (double)count ? (size_t)high : count - 1];
}

/* ---- the judgement ---- */

static struct trend measure(const struct view *view)
{
    struct trend trend = {NAN, NAN, NAN, NAN, NAN, TREND_TOO_FEW, NAN};
    double slopes[PAIRS_MAX];
    size_t count = slopes_between(view->points, view->count, slopes);
    if (count == 0)
        return trend;
    double spread = variance(view);
    trend.slope_per_s = median_of_sorted(slopes, count);
    trend.level = level_at_end(view, trend.slope_per_s);
    trend.z = significance(rises_less_falls(view), spread);
    set_interval(&trend, slopes, count, spread);
    return trend;
}

static bool has_too_few(const struct view *view)
{
    return view->count < POINTS_MIN || span_s(view) < SPAN_MIN_S;
}

/* A step is not a trend. */
static bool stalled(const struct view *view, double slope_per_s)
{
    size_t third = view->count / 3 > LAST_THIRD_MIN ? view->count / 3 : LAST_THIRD_MIN;
    double recent = median_slope(view->points + view->count - third, third);
    return !(recent / slope_per_s >= STILL_GOING);
}

/* Room to the threshold and speed towards it: from here on, up is trouble. */
static enum trend_reason reason_of(const struct view *view, const struct trend *trend, double room,
                                   double speed_per_s)
{
    if (has_too_few(view))
        return TREND_TOO_FEW;
    if (room < 0)
        return TREND_BEYOND;
    if (isnan(room) || fabs(trend->z) < SIGNIFICANT_Z || !(speed_per_s > 0))
        return TREND_NO_TREND;
    if (stalled(view, trend->slope_per_s))
        return TREND_STALLED;
    bool far = room / speed_per_s > fmin(FAR_S, FAR_SPANS * span_s(view));
    return far ? TREND_TOO_FAR : TREND_OK;
}

struct trend trend_judge(const struct trend_point *points, size_t count, double threshold, bool breach_above)
{
    struct view view;
    look_at(&view, points, count);
    struct trend trend = measure(&view);
    double sign = breach_above ? 1 : -1;
    double room = sign * (threshold - trend.level), speed_per_s = sign * trend.slope_per_s;
    trend.reason = reason_of(&view, &trend, room, speed_per_s);
    if (trend.reason == TREND_BEYOND)
        trend.breach_s = 0;
    if (trend.reason == TREND_OK)
        trend.breach_s = room / speed_per_s;
    return trend;
}

bool trend_goes_on(const struct trend_point *points, size_t count)
{
    struct view view;
    look_at(&view, points, count);
    if (has_too_few(&view))
        return false;
    struct trend trend = measure(&view);
    return fabs(trend.z) >= SIGNIFICANT_Z && !stalled(&view, trend.slope_per_s);
}

int trend_shown_minutes(double breach_s)
{
    double minutes = breach_s / 60;
    double step = minutes < 9.5 ? 1 : 5; /* what would round to 10 is told like 10 */
    return (int)fmax(1, step * floor(minutes / step + 0.5));
}
