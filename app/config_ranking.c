/* The ranking of agents: whether all that it needs is there (P08, P09), and what it is made of. */
#include "app/config_reading.h"
#include "app/opt_in_file.h"
#include "base/calendar.h"
#include "model/podium.h"
#include "model/privacy.h"

/* Seed 004: reply time, resolution time, first contact resolution, satisfaction. */
static const char *const usual_score[] = {"mean_reply_time", "mean_resolution_time", "fcr", "csat_rate"};

/* ---- the agreement ---- */

/* A date of the privacy entry, in the board's zone; 0: not given, or a problem was noted. */
static int64_t date_of(struct config_reading *reading, const char *key, const char *text)
{
    int64_t wall_ms = 0;
    calendar_set_zone(reading->config->time_zone, NULL);
    if (text && !calendar_parse_iso(text, &wall_ms))
        yaml_error(reading->yaml, &reading->privacy->place, key, "\"%s\" is not a date like 2026-11-21",
                   yaml_shown(reading->yaml, text));
    return wall_ms;
}

static struct privacy_agreement agreement_of(struct config_reading *reading)
{
    const struct privacy_entry *privacy = reading->privacy;
    return (struct privacy_agreement){
        .opt_in = text_equal(privacy->individual, "opt_in"),
        .council_consulted_wall_ms = date_of(reading, "cse_consulted", privacy->cse_consulted),
        .staff_informed_wall_ms = date_of(reading, "staff_informed", privacy->staff_informed),
        .dpia_reference = privacy->dpia,
        .responsible_role = privacy->responsible,
        .expires_wall_ms = date_of(reading, "until", privacy->until),
    };
}

/*
 * What is not written down at all is refused here. Whether its dates hold is judged again at every moment, so
 * where no present is told (a wall that starts, whose clock may not be right yet) it is left to that.
 */
static bool agreement_holds(const struct config_reading *reading, const struct privacy_agreement *agreement,
                            struct error *error)
{
    return reading->wall_ms ? privacy_agreement_holds(agreement, reading->wall_ms, error)
                            : privacy_agreement_complete(agreement, error);
}

/* ---- the score ---- */

static void check_side(struct config_reading *reading, const struct yaml_place *place, const struct kpi *kpi)
{
    if (kpi->direction != DIRECTION_HIGHER_IS_BETTER && kpi->direction != DIRECTION_LOWER_IS_BETTER)
        yaml_error(reading->yaml, place, NULL, "%s has no better side, so nobody is better at it", kpi->id);
}

static void check_score(struct config_reading *reading, const struct podium_settings *settings)
{
    const char *ids[LEADERBOARD_MEASURES_MAX];
    struct error error = {""};
    for (size_t i = 0; i < settings->kpi_count; i++)
        ids[i] = settings->kpis[i]->id;
    if (!privacy_score_allowed(ids, settings->kpi_count, &error))
        yaml_error(reading->yaml, &reading->privacy->place, "score", "%s", error.text);
}

static void build_score(struct config_reading *reading, struct podium_settings *settings)
{
    static const struct config_texts usual = {sizeof usual_score / sizeof *usual_score, usual_score};
    const struct config_texts *score = reading->privacy->score.count ? &reading->privacy->score : &usual;
    struct yaml_place place = yaml_place_of(reading->yaml, &reading->privacy->place, "score");
    const struct kpi **kpis =
        arena_take(reading->config->arena, LEADERBOARD_MEASURES_MAX, sizeof(struct kpi *));
    if (score->count > LEADERBOARD_MEASURES_MAX)
        yaml_error(reading->yaml, &place, NULL, "%zu KPIs; a score has %d at most", score->count,
                   LEADERBOARD_MEASURES_MAX);
    for (size_t i = 0; i < score->count && settings->kpi_count < LEADERBOARD_MEASURES_MAX; i++) {
        const struct kpi *kpi = config_kpi_find(reading, &place, score->items[i]);
        if (!kpi)
            continue;
        check_side(reading, &place, kpi);
        kpis[settings->kpi_count++] = kpi;
    }
    settings->kpis = kpis;
    check_score(reading, settings);
}

/* ---- the list ---- */

static void read_list(struct config_reading *reading, struct podium_settings *settings, const char *path)
{
    const struct yaml_place *place = &reading->privacy->place;
    struct error error = {""};
    if (!opt_in_file_read(reading->config->arena, path, &settings->list, &error))
        yaml_warning(reading->yaml, place, "agents", "%s; nobody is ranked until it is mended", error.text);
    else if (settings->list.count < PRIVACY_PARTICIPANTS_MIN)
        yaml_warning(reading->yaml, place, "agents",
                     "%s: agents are ranked from %d participants on (P09); there are %zu", path,
                     PRIVACY_PARTICIPANTS_MIN, settings->list.count);
    if (opt_in_file_is_open(path))
        yaml_warning(reading->yaml, place, "agents",
                     "%s says who is who, and everybody on this machine can read it; chmod 640", path);
}

static void build_list(struct config_reading *reading, struct podium_settings *settings)
{
    if (!reading->privacy->agents) {
        yaml_error(reading->yaml, &reading->privacy->place, "agents",
                   "is missing: a ranking is of those alone who asked for it (P09); write agents: FILE, with "
                   "participants: and a line - {agent: ID, pseudonym: NAME} for each");
        return;
    }
    reading->config->opt_in_path = config_file_path(reading, reading->privacy->agents);
    read_list(reading, settings, reading->config->opt_in_path);
}

/* ---- the tile ---- */

static void build_podium(struct config_reading *reading, const struct privacy_agreement *agreement)
{
    struct config *config = reading->config;
    struct podium_settings *settings = arena_take(config->arena, 1, sizeof *settings);
    settings->agreement = *agreement;
    config->board.podium = settings;
    build_score(reading, settings);
    build_list(reading, settings);
}

void config_podium_build(struct config_reading *reading, const struct tile_entry *entry,
                         struct tile_settings *tile)
{
    struct error error = {""};
    const struct privacy_agreement agreement = agreement_of(reading);
    if (!agreement_holds(reading, &agreement, &error)) {
        yaml_error(reading->yaml, &entry->place, "kpi", "%s: %s. leaderboard_teams needs none of this",
                   tile->kpi->id, error.text);
        return;
    }
    if (text_equal(reading->config->screen.zone, "public")) {
        yaml_error(reading->yaml, &entry->place, "kpi",
                   "%s is not for a public screen (P11); take it away or set screen: {zone: floor}",
                   tile->kpi->id);
        return;
    }
    tile->ranks_agents = true;
    if (!reading->config->board.podium)
        build_podium(reading, &agreement);
}
