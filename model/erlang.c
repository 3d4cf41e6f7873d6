#include "model/erlang.h"

#include <math.h>

/* Beyond this, 1/B is as good as infinite and nobody waits. */
static const double INVERSE_BLOCKING_MAX = 1e300;

/* Service level and occupancy, or all there is. */
enum wanted { WANT_STAFFING, WANT_ALL };

double erlang_offered(const struct erlang_load *load)
{
    return load->calls / load->interval_s * load->aht_s;
}

/* 1/B of Erlang B: kept inverse, the recursion neither overflows early nor loses digits. */
static double inverse_blocking(double offered, int agents)
{
    double inverse = 1;
    for (int k = 1; k <= agents && inverse < INVERSE_BLOCKING_MAX; k++)
        inverse = 1 + inverse * k / offered;
    return inverse < INVERSE_BLOCKING_MAX ? inverse : INFINITY;
}

static struct erlang_queue nothing_known(double offered)
{
    return (struct erlang_queue){.offered_erlang = offered,
                                 .steady_state = true,
                                 .p_wait = NAN,
                                 .service_level = NAN,
                                 .asa_s = NAN,
                                 .occupancy = NAN,
                                 .mean_queue = NAN,
                                 .p_abandon = NAN,
                                 .sl_excl_abandon_in_t = NAN,
                                 .sl_any_outcome_in_t = NAN};
}

/* Nobody calls: whoever sits there is idle, and where nobody sits there is nothing to promise. */
static struct erlang_queue idle_queue(int agents, bool impatient)
{
    struct erlang_queue queue = nothing_known(0);
    double kept = agents > 0 ? 1 : NAN;
    queue.p_wait = queue.asa_s = queue.mean_queue = 0;
    queue.service_level = kept;
    queue.occupancy = agents > 0 ? 0 : NAN;
    if (impatient) {
        queue.p_abandon = 0;
        queue.sl_excl_abandon_in_t = queue.sl_any_outcome_in_t = kept;
    }
    return queue;
}

/* ---- Erlang C ---- */

static struct erlang_queue overloaded_queue(double offered, int agents)
{
    struct erlang_queue queue = nothing_known(offered);
    queue.steady_state = false;
    queue.p_wait = 1;
    queue.service_level = 0;
    queue.asa_s = queue.mean_queue = INFINITY;
    queue.occupancy = agents > 0 ? 1 : NAN;
    return queue;
}

static struct erlang_queue patient_queue(const struct erlang_load *load, int agents, double target_s)
{
    double offered = erlang_offered(load);
    if (offered >= agents)
        return overloaded_queue(offered, agents);

    struct erlang_queue queue = nothing_known(offered);
    double spare = agents - offered;
    double blocking = 1 / inverse_blocking(offered, agents);
    queue.p_wait = agents * blocking / (agents - offered * (1 - blocking));
    queue.service_level = 1 - queue.p_wait * exp(-spare * target_s / load->aht_s);
    queue.asa_s = queue.p_wait * load->aht_s / spare;
    queue.occupancy = offered / agents;
    queue.mean_queue = queue.p_wait * offered / spare;
    return queue;
}

/* ---- Erlang A: how many wait ---- */

struct rates {
    double arrival, service, hanging_up; /* lambda, N mu, theta, per second */
};

struct waiting {
    double p_wait, mean_queue;
};

/*
 * The t_k of the header, summed outwards from their largest, which counts as 1: in overload the
 * largest is e to the thousands, but its ratio to its neighbours is not. Steps down end where
 * nothing counts any more; then t_0, and with it all states with a free agent, is nothing either.
 */
static struct waiting count_waiting(const struct rates *rates, double inverse_b)
{
    const double negligible = 1e-20;
    double surplus = (rates->arrival - rates->service) / rates->hanging_up;
    double peak = surplus > 0 ? floor(surplus) : 0;
    double sum = 1, moment = peak;

    double term = 1, k = peak;
    for (; k > 0 && term > negligible; k--) {
        term *= (rates->service + k * rates->hanging_up) / rates->arrival;
        sum += term;
        moment += term * (k - 1);
    }
    double free_agent = k > 0 ? 0 : term * (inverse_b - 1); /* 1/B counts t_0 as well */

    term = 1;
    for (k = peak + 1; term > negligible * sum; k++) {
        term *= rates->arrival / (rates->service + k * rates->hanging_up);
        sum += term;
        moment += term * k;
    }
    double all = free_agent + sum;
    return (struct waiting){.p_wait = sum / all, .mean_queue = moment / all};
}

/* ---- Erlang A: how long they wait ---- */

/*
 * The exponent -fall v + (lambda/theta)(1 - exp(-theta v)). With fall = N mu it is the density g
 * itself, with fall = N mu + theta it is exp(-theta v) g(v), those who are still there. Always taken
 * relative to its peak: in overload the peak alone is larger than a double's exponent.
 */
struct shape {
    double fall, decay; /* decay = theta */
    double peak_s;      /* where it is largest */
    double bend;        /* lambda/theta exp(-theta peak_s) */
};

static struct shape make_shape(const struct rates *rates, double fall)
{
    struct shape shape = {.fall = fall, .decay = rates->hanging_up};
    shape.bend = fmin(rates->arrival, fall) / rates->hanging_up;
    if (rates->arrival > fall)
        shape.peak_s = log(rates->arrival / fall) / rates->hanging_up;
    return shape;
}

static double exponent_at(const struct shape *shape, double v_s)
{
    double beyond_s = v_s - shape->peak_s;
    return -shape->fall * beyond_s - shape->bend * expm1(-shape->decay * beyond_s);
}

static double height_at(const struct shape *shape, double v_s)
{
    return exp(exponent_at(shape, v_s));
}

/* The exponent is concave: beyond the place where it has fallen by this much, nothing is left. */
static const double NOTHING_LEFT = 60;

static double right_end(const struct shape *shape)
{
    double width_s = 1 / shape->fall;
    while (exponent_at(shape, shape->peak_s + width_s) > -NOTHING_LEFT)
        width_s *= 2;
    return shape->peak_s + width_s;
}

static double left_end(const struct shape *shape)
{
    double low_s = 0, high_s = shape->peak_s;
    if (exponent_at(shape, 0) > -NOTHING_LEFT)
        return 0;
    for (int i = 0; i < 60; i++) {
        double middle_s = (low_s + high_s) / 2;
        if (exponent_at(shape, middle_s) > -NOTHING_LEFT)
            high_s = middle_s;
        else
            low_s = middle_s;
    }
    return low_s;
}

struct area {
    double all;    /* of the height */
    double moment; /* of v times the height */
};

/* Adds what lies in a panel, by Gauss-Legendre with ten points. */
static void add_panel(struct area *area, const struct shape *shape, double from_s, double to_s)
{
    static const double places[] = {0.14887433898163121088, 0.43339539412924719080, 0.67940956829902440623,
                                    0.86506336668898451073, 0.97390652851717172008};
    static const double weights[] = {0.29552422471475287017, 0.26926671930999635509, 0.21908636251598204400,
                                     0.14945134915058059315, 0.06667134430868813759};
    double half_s = (to_s - from_s) / 2, middle_s = (to_s + from_s) / 2;
    for (int i = 0; i < 5; i++) {
        double offset_s = half_s * places[i];
        double above = height_at(shape, middle_s + offset_s), below = height_at(shape, middle_s - offset_s);
        area->all += half_s * weights[i] * (above + below);
        area->moment += half_s * weights[i] * ((middle_s + offset_s) * above + (middle_s - offset_s) * below);
    }
}

/* Within a patience of the peak and with little of the exponent gone the height is all but a polynomial. */
static bool is_smooth(const struct shape *shape, double reach_s)
{
    return fabs(reach_s) * shape->decay < 1 && exponent_at(shape, shape->peak_s + reach_s) > -1;
}

/*
 * Panels between the peak and one end, each half as far from the peak as the one before: the shape
 * may turn within a thousandth of its width (callers of no patience), always next to its peak. What is
 * smooth needs no halving any more.
 * Only what lies in [from_s, to_s] counts.
 */
static void add_side(struct area *area, const struct shape *shape, double end_s, double from_s, double to_s)
{
    enum { HALVINGS = 40, PARTS = 4 };
    double reach_s = end_s - shape->peak_s, inner_s = reach_s;
    for (int i = 0; i <= HALVINGS && inner_s != 0; i++, reach_s = inner_s) {
        inner_s = i == HALVINGS || is_smooth(shape, reach_s) ? 0 : reach_s / 2;
        for (int part = 0; part < PARTS; part++) {
            double a_s = shape->peak_s + inner_s + (reach_s - inner_s) * part / PARTS;
            double b_s = shape->peak_s + inner_s + (reach_s - inner_s) * (part + 1) / PARTS;
            double low_s = fmax(fmin(a_s, b_s), from_s), high_s = fmin(fmax(a_s, b_s), to_s);
            if (low_s < high_s)
                add_panel(area, shape, low_s, high_s);
        }
    }
}

static struct area area_between(const struct shape *shape, double from_s, double to_s)
{
    struct area area = {0};
    add_side(&area, shape, left_end(shape), from_s, to_s);
    add_side(&area, shape, right_end(shape), from_s, to_s);
    return area;
}

/* Without agents everybody waits until he hangs up. */
static struct erlang_queue deserted_queue(const struct erlang_load *load, double target_s)
{
    struct erlang_queue queue = nothing_known(erlang_offered(load));
    queue.p_wait = queue.p_abandon = 1;
    queue.service_level = queue.sl_excl_abandon_in_t = 0;
    queue.mean_queue = load->calls / load->interval_s * load->patience_s;
    queue.sl_any_outcome_in_t = -expm1(-target_s / load->patience_s);
    return queue;
}

/* g(v) = p_wait height(v) / area: the sums and the density agree on how many wait at all. */
struct density {
    struct shape virtual_wait, still_there;
    double scale, scale_there; /* of their heights */
};

static struct density make_density(const struct rates *rates, double p_wait)
{
    struct density density = {.virtual_wait = make_shape(rates, rates->service),
                              .still_there = make_shape(rates, rates->service + rates->hanging_up)};
    density.scale = p_wait / area_between(&density.virtual_wait, 0, INFINITY).all;
    density.scale_there = density.scale * height_at(&density.virtual_wait, density.still_there.peak_s) *
                          exp(-rates->hanging_up * density.still_there.peak_s);
    return density;
}

/* What those who look for the number of agents ask again and again: half of the areas is not needed for it.
 */
static void judge_staffing(struct erlang_queue *queue, const struct rates *rates, int agents, double target_s,
                           struct density *density)
{
    struct waiting waiting = count_waiting(rates, inverse_blocking(queue->offered_erlang, agents));
    *density = make_density(rates, waiting.p_wait);
    queue->p_wait = waiting.p_wait;
    queue->mean_queue = waiting.mean_queue;
    queue->p_abandon = rates->hanging_up * waiting.mean_queue / rates->arrival;
    queue->occupancy = queue->offered_erlang * (1 - queue->p_abandon) / agents;
    queue->service_level =
        1 - waiting.p_wait + density->scale_there * area_between(&density->still_there, 0, target_s).all;
}

static void judge_outcomes(struct erlang_queue *queue, const struct rates *rates, double target_s,
                           const struct density *density)
{
    double beyond_t = density->scale * area_between(&density->virtual_wait, target_s, INFINITY).all;
    queue->sl_any_outcome_in_t = 1 - exp(-target_s * rates->hanging_up) * beyond_t;
    queue->sl_excl_abandon_in_t =
        queue->service_level / (1 - (queue->sl_any_outcome_in_t - queue->service_level));
    queue->asa_s = density->scale_there * area_between(&density->still_there, 0, INFINITY).moment /
                   (1 - queue->p_abandon);
}

static struct erlang_queue impatient_queue(const struct erlang_load *load, int agents, double target_s,
                                           enum wanted wanted)
{
    if (agents == 0)
        return deserted_queue(load, target_s);

    struct erlang_queue queue = nothing_known(erlang_offered(load));
    struct rates rates = {load->calls / load->interval_s, agents / load->aht_s, 1 / load->patience_s};
    struct density density;
    judge_staffing(&queue, &rates, agents, target_s, &density);
    if (wanted == WANT_ALL)
        judge_outcomes(&queue, &rates, target_s, &density);
    return queue;
}

/* ---- both ---- */

static bool is_beyond_reason(const struct erlang_load *load)
{
    return load->calls / load->interval_s * load->patience_s > ERLANG_PATIENT_CALLS_MAX;
}

static struct erlang_queue make_queue(const struct erlang_load *load, int agents, double target_s,
                                      enum wanted wanted)
{
    bool impatient = !isnan(load->patience_s);
    if (load->calls <= 0)
        return idle_queue(agents, impatient);
    if (is_beyond_reason(load))
        return nothing_known(erlang_offered(load));
    return impatient ? impatient_queue(load, agents, target_s, wanted)
                     : patient_queue(load, agents, target_s);
}

struct erlang_queue erlang_queue(const struct erlang_load *load, int agents, double target_s)
{
    return make_queue(load, agents, target_s, WANT_ALL);
}

double erlang_service_level(const struct erlang_load *load, int agents, double target_s)
{
    return make_queue(load, agents, target_s, WANT_STAFFING).service_level;
}

static bool suffices(const struct erlang_load *load, int agents, double target_s, double goal,
                     double occupancy_max)
{
    struct erlang_queue queue = make_queue(load, agents, target_s, WANT_STAFFING);
    const double rounding = 1e-12; /* 17 erlangs on 20 agents are 85 %, not more */
    return queue.steady_state && queue.service_level >= goal && queue.occupancy <= occupancy_max + rounding;
}

int erlang_agents_required(const struct erlang_load *load, double target_s, double goal, double occupancy_max)
{
    if (load->calls <= 0)
        return 0;
    int too_few = 0, enough = 1;
    while (!suffices(load, enough, target_s, goal, occupancy_max)) {
        if (enough == ERLANG_AGENTS_MAX)
            return -1;
        too_few = enough;
        enough = enough > ERLANG_AGENTS_MAX / 2 ? ERLANG_AGENTS_MAX : enough * 2;
    }
    while (enough - too_few > 1) { /* more agents never make it worse */
        int middle = too_few + (enough - too_few) / 2;
        if (suffices(load, middle, target_s, goal, occupancy_max))
            enough = middle;
        else
            too_few = middle;
    }
    return enough;
}

int erlang_agents_missing(const struct erlang_load *load, int agents)
{
    double offered = erlang_offered(load);
    if (load->calls <= 0 || offered < agents || offered >= ERLANG_AGENTS_MAX)
        return 0;
    return (int)floor(offered) + 1 - agents;
}
