#include "model/podium.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/counters.h"
#include "model/formula.h"
#include "model/names.h"

enum { CONTACTS, MEASURES, FIGURES = MEASURES + LEADERBOARD_MEASURES_MAX, NO_SOURCE = -1 };

/* A value and who told it: the first source that knows it is the one that counts. */
struct told {
    double value; /* NaN: not known */
    int source;
};

/* Contacts, then the measures of the score, of one participant. */
struct contribution {
    struct told figures[FIGURES];
};

struct week {
    int64_t from_wall_ms;               /* 0: none */
    int64_t newest_wall_ms;             /* of its figures; 0: nobody told any */
    struct contribution *contributions; /* one a participant */
};

struct scored {
    size_t participant;
    int rank;
};

struct podium {
    const struct catalogue *catalogue;
    const struct podium_settings *settings;
    struct arena *arena; /* the list */
    struct podium_list list;
    struct week last, present;
    int64_t scored_from_wall_ms, scored_newest_wall_ms; /* the week that `scored` is of; 0: none yet */
    size_t scored_count;
    struct scored *scored; /* the best first */
    enum ranking ranking;
    bool all_heard;
};

/* ---- weeks ---- */

static void blank(struct contribution *contribution)
{
    for (int i = 0; i < FIGURES; i++)
        contribution->figures[i] = (struct told){NAN, NO_SOURCE};
}

static void week_clear(const struct podium *podium, struct week *week, int64_t from_wall_ms)
{
    week->from_wall_ms = from_wall_ms;
    week->newest_wall_ms = 0;
    for (size_t i = 0; i < podium->list.count; i++)
        blank(&week->contributions[i]);
}

static void forget_places(struct podium *podium)
{
    podium->scored_from_wall_ms = podium->scored_newest_wall_ms = 0;
    podium->scored_count = 0;
}

void podium_forget(struct podium *podium)
{
    week_clear(podium, &podium->last, 0);
    week_clear(podium, &podium->present, 0);
    forget_places(podium);
}

/* The week that was present is over, or the clock was set and neither is what it was. */
static void turn_week(struct podium *podium, struct now now)
{
    int64_t present = calendar_floor_ms(now.wall_ms, CALENDAR_WEEK);
    int64_t last = calendar_floor_ms(present - 1, CALENDAR_WEEK);
    if (podium->present.from_wall_ms == present)
        return;
    struct week over = podium->present;
    podium->present = podium->last;
    podium->last = over;
    week_clear(podium, &podium->present, present);
    if (over.from_wall_ms != last)
        week_clear(podium, &podium->last, last);
    forget_places(podium);
}

static struct week *week_of(struct podium *podium, int64_t wall_ms)
{
    int64_t from_wall_ms = calendar_floor_ms(wall_ms, CALENDAR_WEEK);
    if (from_wall_ms == podium->present.from_wall_ms)
        return &podium->present;
    return from_wall_ms == podium->last.from_wall_ms ? &podium->last : NULL;
}

/* ---- the list ---- */

static void copy_list(struct podium *podium, const struct podium_list *list)
{
    podium->arena = arena_create();
    struct podium_participant *copy = arena_take(podium->arena, list->count, sizeof *copy);
    for (size_t i = 0; i < list->count; i++)
        copy[i] =
            (struct podium_participant){arena_copy_text(podium->arena, list->participants[i].agent),
                                        arena_copy_text(podium->arena, list->participants[i].pseudonym)};
    podium->list = (struct podium_list){list->read, list->count, copy};
    podium->last.contributions = memory_create(list->count, sizeof *podium->last.contributions);
    podium->present.contributions = memory_create(list->count, sizeof *podium->present.contributions);
    podium->scored = memory_create(list->count, sizeof *podium->scored);
    podium_forget(podium);
}

static void free_list(struct podium *podium)
{
    free(podium->last.contributions);
    free(podium->present.contributions);
    free(podium->scored);
    arena_destroy(podium->arena);
}

struct podium *podium_create(const struct catalogue *catalogue, const struct podium_settings *settings)
{
    struct podium *podium = memory_create(1, sizeof *podium);
    podium->catalogue = catalogue;
    podium->settings = settings;
    podium->ranking = RANKING_UNKNOWN;
    copy_list(podium, &settings->list);
    return podium;
}

void podium_destroy(struct podium *podium)
{
    if (!podium)
        return;
    free_list(podium);
    free(podium);
}

/* The place on the list of who is called so; its length: nowhere. */
static size_t find(const struct podium *podium, const char *agent)
{
    size_t i = 0;
    while (i < podium->list.count && !text_equal(podium->list.participants[i].agent, agent))
        i++;
    return i;
}

static void take_week(const struct podium *podium, struct week *week, const struct podium *before,
                      const struct week *old)
{
    week_clear(podium, week, old->from_wall_ms);
    week->newest_wall_ms = old->newest_wall_ms;
    for (size_t i = 0; i < podium->list.count; i++) {
        size_t was = find(before, podium->list.participants[i].agent);
        if (was < before->list.count)
            week->contributions[i] = old->contributions[was];
    }
}

/* Those who stay keep their order; ties stay ties. */
static void take_places(struct podium *podium, const struct podium *before)
{
    int rank_before = 0;
    podium->scored_from_wall_ms = before->scored_from_wall_ms;
    podium->scored_newest_wall_ms = before->scored_newest_wall_ms;
    for (size_t i = 0; i < before->scored_count; i++) {
        const struct scored *old = &before->scored[i];
        size_t now = find(podium, before->list.participants[old->participant].agent);
        if (now == podium->list.count)
            continue;
        bool tied = podium->scored_count && old->rank == rank_before;
        int rank = tied ? podium->scored[podium->scored_count - 1].rank : (int)podium->scored_count + 1;
        podium->scored[podium->scored_count++] = (struct scored){now, rank};
        rank_before = old->rank;
    }
}

static void take_all(struct podium *podium, const struct podium *before)
{
    take_week(podium, &podium->last, before, &before->last);
    take_week(podium, &podium->present, before, &before->present);
    take_places(podium, before);
    podium->ranking = before->ranking;
}

void podium_set_list(struct podium *podium, const struct podium_list *list)
{
    struct podium before = *podium;
    podium->last = podium->present = (struct week){0};
    copy_list(podium, list);
    take_all(podium, &before);
    free_list(&before);
}

static bool same_score(const struct podium_settings *a, const struct podium_settings *b)
{
    bool same = a->kpi_count == b->kpi_count;
    for (size_t i = 0; same && i < a->kpi_count; i++)
        same = text_equal(a->kpis[i]->id, b->kpis[i]->id);
    return same;
}

static void forget_sources(const struct podium *podium, struct week *week)
{
    for (size_t i = 0; i < podium->list.count; i++)
        for (int j = 0; j < FIGURES; j++)
            week->contributions[i].figures[j].source = NO_SOURCE;
}

void podium_take_over(struct podium *podium, const struct podium *before, bool same_sources)
{
    if (!podium || !before || !same_score(podium->settings, before->settings))
        return;
    take_all(podium, before);
    if (same_sources)
        return;
    forget_sources(podium, &podium->last);
    forget_sources(podium, &podium->present);
}

/* ---- figures ---- */

/* One answer's samples of participants, as long as it is read. */
struct reading {
    const struct podium *podium;
    struct names *names;
    struct counters *counters;
    size_t source;
};

static bool put_samples(struct reading *reading, const struct sample_document *document)
{
    bool any = false;
    for (size_t i = 0; i < reading->podium->list.count; i++)
        names_hold(reading->names, reading->podium->list.participants[i].agent);
    counters_begin(reading->counters, reading->source);
    for (size_t i = 0; i < document->count; i++) {
        const struct sample *sample = &document->samples[i];
        if (sample->period != PERIOD_WEEK || !names_find(reading->names, sample->dims.value[DIM_AGENT]))
            continue;
        counters_put(reading->counters, sample);
        any = true;
    }
    counters_end(reading->counters, 0);
    return any;
}

static double value_of(struct reading *reading, struct arena *arena, const struct kpi *kpi, const char *agent)
{
    struct dims where = {0};
    where.value[DIM_AGENT] = names_find(reading->names, agent);
    struct dims scope = where;
    for (int dim = 0; dim < DIM_COUNT; dim++)
        if (kpi->filter.value[dim])
            scope.value[dim] = names_hold(reading->names, kpi->filter.value[dim]);
    const struct formula_request request = {.catalogue = reading->podium->catalogue,
                                            .kpi = kpi,
                                            .scope = &scope,
                                            .where = &where,
                                            .source = reading->source,
                                            .period = PERIOD_WEEK,
                                            .named_period = true};
    struct formula formula = formula_bind(arena, reading->counters, &request);
    return formula.way_count ? formula_evaluate(&formula).value : NAN;
}

/* How much somebody had to do: contacts, or tickets where the source counts those. */
static double contacts_of(struct reading *reading, struct arena *arena, const char *agent)
{
    static const char *const kpis[] = {"contacts_handled", "tickets_resolved"};
    double contacts = NAN;
    for (size_t i = 0; i < sizeof kpis / sizeof *kpis && isnan(contacts); i++) {
        const struct kpi *kpi = catalogue_kpi(reading->podium->catalogue, kpis[i]);
        if (kpi)
            contacts = value_of(reading, arena, kpi, agent);
    }
    return contacts;
}

static void tell(struct told *told, double value, size_t source)
{
    if (told->source == (int)source || isnan(told->value))
        *told = (struct told){value, (int)source};
}

static void read_participant(struct reading *reading, struct arena *arena, const char *agent,
                             struct contribution *contribution)
{
    const struct podium_settings *settings = reading->podium->settings;
    tell(&contribution->figures[CONTACTS], contacts_of(reading, arena, agent), reading->source);
    for (size_t i = 0; i < settings->kpi_count; i++) {
        bool less_is_better = settings->kpis[i]->direction == DIRECTION_LOWER_IS_BETTER;
        double value = value_of(reading, arena, settings->kpis[i], agent);
        tell(&contribution->figures[MEASURES + i], less_is_better ? -value : value, reading->source);
    }
}

static void read_week(struct reading *reading, struct week *week, int64_t figures_wall_ms)
{
    struct arena *arena = arena_create();
    for (size_t i = 0; i < reading->podium->list.count; i++)
        read_participant(reading, arena, reading->podium->list.participants[i].agent,
                         &week->contributions[i]);
    week->newest_wall_ms = later_ms(week->newest_wall_ms, figures_wall_ms);
    arena_destroy(arena);
}

static bool agreed(const struct podium *podium, struct now now)
{
    return podium->list.read && privacy_agreement_holds(&podium->settings->agreement, now.wall_ms, NULL);
}

void podium_hear(struct podium *podium, size_t source, const struct sample_document *document,
                 int64_t figures_wall_ms, struct now now)
{
    if (!podium || !agreed(podium, now))
        return;
    turn_week(podium, now);
    struct week *week = week_of(podium, figures_wall_ms);
    if (!week || week->from_wall_ms == podium->scored_from_wall_ms) /* its order stands */
        return;
    struct reading reading = {podium, names_create(), NULL, source};
    reading.counters = counters_create(reading.names);
    if (put_samples(&reading, document))
        read_week(&reading, week, figures_wall_ms);
    counters_destroy(reading.counters);
    names_destroy(reading.names);
}

/* ---- places ---- */

/* All that is ranked stands on the same measures: who lacks one is not compared. */
static bool is_complete(const struct podium *podium, const struct contribution *contribution)
{
    bool complete = contribution->figures[CONTACTS].value >= PRIVACY_CONTACTS_MIN;
    for (size_t i = 0; i < podium->settings->kpi_count; i++)
        complete &= isfinite(contribution->figures[MEASURES + i].value);
    return complete;
}

/* Those who can be ranked, and which participant each is. */
static size_t list_complete(const struct podium *podium, struct leaderboard_agent *agents,
                            size_t *participants)
{
    size_t count = 0;
    for (size_t i = 0; i < podium->list.count; i++) {
        const struct contribution *contribution = &podium->last.contributions[i];
        if (!is_complete(podium, contribution))
            continue;
        agents[count] = (struct leaderboard_agent){.pseudonym = podium->list.participants[i].pseudonym,
                                                   .contacts = contribution->figures[CONTACTS].value};
        for (size_t j = 0; j < podium->settings->kpi_count; j++)
            agents[count].measures[j] = contribution->figures[MEASURES + j].value;
        participants[count++] = i;
    }
    return count;
}

static bool may_rank(const struct podium *podium, const struct leaderboard_agent *agents, size_t count)
{
    const char *kpis[LEADERBOARD_MEASURES_MAX];
    struct privacy_participant *participants = memory_create(count, sizeof *participants);
    for (size_t i = 0; i < podium->settings->kpi_count; i++)
        kpis[i] = podium->settings->kpis[i]->id;
    for (size_t i = 0; i < count; i++)
        participants[i] = (struct privacy_participant){agents[i].pseudonym, agents[i].contacts};
    bool allowed =
        privacy_agent_ranking_allowed(participants, count, kpis, podium->settings->kpi_count, NULL);
    free(participants);
    return allowed;
}

/* From here on only the order is left of the week's figures. */
static void keep_order(struct podium *podium, const struct leaderboard_place *places, size_t count,
                       const size_t *participants)
{
    for (size_t i = 0; i < count; i++)
        podium->scored[i] = (struct scored){participants[places[i].index], places[i].rank};
    podium->scored_count = count;
    podium->scored_from_wall_ms = podium->last.from_wall_ms;
    podium->scored_newest_wall_ms = podium->last.newest_wall_ms;
    week_clear(podium, &podium->last, podium->last.from_wall_ms);
}

static void rank_last_week(struct podium *podium)
{
    struct leaderboard_agent *agents = memory_create(podium->list.count, sizeof *agents);
    struct leaderboard_place *places = memory_create(podium->list.count, sizeof *places);
    size_t *participants = memory_create(podium->list.count, sizeof *participants);
    size_t count = list_complete(podium, agents, participants);
    if (may_rank(podium, agents, count)) {
        count = leaderboard_rank_agents(agents, count, podium->settings->kpi_count, places);
        keep_order(podium, places, count, participants);
    }
    free(participants);
    free(places);
    free(agents);
}

/* A tie that would be cut is left out whole: three names at most. */
static size_t places_shown(const struct podium *podium)
{
    size_t count = podium->scored_count < PRIVACY_RANKS_SHOWN ? podium->scored_count : PRIVACY_RANKS_SHOWN;
    bool cut = count < podium->scored_count && podium->scored[count].rank == podium->scored[count - 1].rank;
    while (cut && count > 0 && podium->scored[count - 1].rank == podium->scored[PRIVACY_RANKS_SHOWN].rank)
        count--;
    return count;
}

static enum ranking ranking_now(struct podium *podium, const struct podium_moment *moment)
{
    if (!moment->clock_trusted)
        return RANKING_NO_CLOCK;
    if (!agreed(podium, moment->now)) {
        podium_forget(podium);
        return podium->list.read ? RANKING_ENDED : RANKING_NO_LIST;
    }
    turn_week(podium, moment->now);
    bool scored = podium->scored_from_wall_ms != 0;
    if (!scored && moment->all_heard && podium->last.newest_wall_ms)
        rank_last_week(podium);
    if (podium->scored_count >= PRIVACY_PARTICIPANTS_MIN)
        return places_shown(podium) ? RANKING_SHOWN : RANKING_TIED;
    return scored || (moment->all_heard && podium->last.newest_wall_ms) ? RANKING_TOO_FEW : RANKING_UNKNOWN;
}

bool podium_tick(struct podium *podium, const struct podium_moment *moment)
{
    if (!podium)
        return false;
    enum ranking before = podium->ranking;
    int64_t scored_before = podium->scored_from_wall_ms, week_before = podium->present.from_wall_ms;
    bool heard_before = podium->all_heard;
    podium->all_heard = moment->all_heard;
    podium->ranking = ranking_now(podium, moment);
    return podium->ranking != before || podium->scored_from_wall_ms != scored_before ||
           podium->present.from_wall_ms != week_before || podium->all_heard != heard_before;
}

const struct snapshot_podium *podium_snapshot(struct arena *arena, const struct podium *podium)
{
    struct snapshot_podium *copy = arena_take(arena, 1, sizeof *copy);
    size_t count = podium->ranking == RANKING_SHOWN ? places_shown(podium) : 0;
    struct snapshot_place *places = arena_take(arena, count, sizeof *places);
    for (size_t i = 0; i < count; i++) {
        const struct scored *scored = &podium->scored[i];
        const char *pseudonym = podium->list.participants[scored->participant].pseudonym;
        places[i] = (struct snapshot_place){scored->rank, arena_copy_text(arena, pseudonym)};
    }
    *copy = (struct snapshot_podium){.ranking = podium->ranking, .place_count = count, .places = places};
    if (podium->ranking == RANKING_SHOWN) {
        copy->from_wall_ms = podium->scored_from_wall_ms;
        copy->until_wall_ms = podium->scored_newest_wall_ms;
    }
    if (podium->ranking == RANKING_UNKNOWN && podium->all_heard)
        copy->next_wall_ms = calendar_add_days_ms(podium->present.from_wall_ms, 7);
    return copy;
}
