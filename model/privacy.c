#include "model/privacy.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

static const int64_t DAY_MS = 24 * 3600 * INT64_C(1000);

/* ---- small groups ---- */

/* Not known is not enough. */
static bool large_enough(double people)
{
    return people >= PRIVACY_GROUP_MIN;
}

static bool gives_away(double hidden_people)
{
    return hidden_people > 0 && hidden_people < PRIVACY_GROUP_MIN;
}

static struct privacy_group *smallest_shown(struct privacy_group *groups, size_t count)
{
    struct privacy_group *smallest = NULL;
    for (size_t i = 0; i < count; i++)
        if (groups[i].verdict == PRIVACY_SHOWN && (!smallest || groups[i].people < smallest->people))
            smallest = &groups[i];
    return smallest;
}

/*
 * People whom subtraction would show: by the total, and by the hidden groups' own sizes, since a
 * total of other days or of people in two teams may be off. A hidden group of unknown size may be one.
 */
static bool complement_gives_away(const struct privacy_group *groups, size_t count, double total_people)
{
    double shown = 0, hidden = 0, unknown = 0;
    for (size_t i = 0; i < count; i++) {
        if (groups[i].verdict == PRIVACY_SHOWN)
            shown += groups[i].people;
        else if (isnan(groups[i].people))
            unknown++;
        else
            hidden += groups[i].people;
    }
    bool by_total = !isnan(total_people) && gives_away(total_people - shown);
    return by_total || gives_away(hidden) || (unknown > 0 && hidden < PRIVACY_GROUP_MIN);
}

void privacy_hide_small_groups(struct privacy_group *groups, size_t count, double total_people)
{
    for (size_t i = 0; i < count; i++)
        groups[i].verdict = large_enough(groups[i].people) ? PRIVACY_SHOWN : PRIVACY_TOO_SMALL;
    while (complement_gives_away(groups, count, total_people)) {
        struct privacy_group *next = smallest_shown(groups, count);
        if (!next)
            return;
        next->verdict = PRIVACY_COMPLEMENT;
    }
}

bool privacy_staff_survey_shown(double answers)
{
    return answers >= PRIVACY_STAFF_ANSWERS_MIN;
}

bool privacy_queue_may_be_named(double agents)
{
    return agents >= PRIVACY_QUEUE_AGENTS_MIN;
}

/* ---- places ---- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (text_equal(word, *words))
            return true;
    return false;
}

bool privacy_zone_parse(const char *name, enum privacy_zone *zone)
{
    static const char *const names[ZONE_COUNT] = {"floor", "desk", "public"};
    int found = text_index(name, names, ZONE_COUNT);
    if (found >= 0)
        *zone = (enum privacy_zone)found;
    return found >= 0;
}

/* Complaints are nobody's business in a window, though their `privacy` is "team". */
static bool is_complaint(const char *id)
{
    static const char *const complaints[] = {"complaints_count", "complaints_trend", "complaint_rate", NULL};
    return is_one_of(id, complaints);
}

static bool public_allowed(const struct kpi *kpi, struct error *error)
{
    if (!text_equal(kpi->privacy, "team"))
        error_set(error, "%s is not for a public screen (P11): its privacy is %s, not team", kpi->id,
                  kpi->privacy ? kpi->privacy : "not given");
    else if (kpi->unit == UNIT_EUR)
        error_set(error, "%s is money, and not for a public screen (P11)", kpi->id);
    else if (is_complaint(kpi->id))
        error_set(error, "%s tells of complaints, and is not for a public screen (P11)", kpi->id);
    else
        return true;
    return false;
}

bool privacy_kpi_allowed(const struct kpi *kpi, enum privacy_zone zone, struct error *error)
{
    if (zone == ZONE_PUBLIC)
        return public_allowed(kpi, error);
    /* P13 leaves the desk: a manager's own screen, not a copy of the floor's */
    if (zone == ZONE_FLOOR && text_equal(kpi->privacy, "management_only")) {
        error_set(error, "%s is for management, and not for a screen of the floor (P13)", kpi->id);
        return false;
    }
    return true;
}

bool privacy_kpi_is_about_people(const struct kpi *kpi)
{
    static const char *const classes[] = {"small_team", "team_only", NULL};
    return is_one_of(kpi->privacy, classes);
}

/* ---- teams ---- */

bool privacy_team_ranking_allowed(const double *people, size_t count, struct error *error)
{
    size_t enough = 0;
    for (size_t i = 0; i < count; i++)
        enough += large_enough(people[i]);
    if (enough >= PRIVACY_TEAMS_MIN && enough == count)
        return true;
    if (enough >= PRIVACY_TEAMS_MIN)
        error_set(error, "%zu of %zu teams have fewer than %d agents (P07); leave them out", count - enough,
                  count, PRIVACY_GROUP_MIN);
    else
        error_set(error, "teams are compared from %d teams of %d agents on (P07); there are %zu",
                  PRIVACY_TEAMS_MIN, PRIVACY_GROUP_MIN, enough);
    return false;
}

/* ---- agents ---- */

static bool blank(const char *text)
{
    return !text || text[strspn(text, " \t\n")] == '\0';
}

static bool past(int64_t wall_ms, int64_t now_wall_ms)
{
    return wall_ms > 0 && wall_ms <= now_wall_ms;
}

struct condition {
    bool missing;
    const char *what;
};

static bool none_missing(const struct condition *conditions, size_t count, struct error *error)
{
    struct text missing = {0};
    for (size_t i = 0; i < count; i++)
        if (conditions[i].missing)
            text_append_format(&missing, "%s%s", missing.length ? "; " : "", conditions[i].what);
    bool none = missing.length == 0;
    if (!none)
        error_set(error, "a ranking of agents is not allowed (P08): %s", text_bytes(&missing));
    text_finish(&missing);
    return none;
}

static bool judge(const struct privacy_agreement *agreement, bool has_present, int64_t now_wall_ms,
                  struct error *error)
{
    int64_t left_ms = agreement->expires_wall_ms - now_wall_ms;
    const int64_t latest_ms = has_present ? now_wall_ms : INT64_MAX;
    const struct condition conditions[] = {
        {!agreement->opt_in, "privacy.individual is not opt_in"},
        {!past(agreement->council_consulted_wall_ms, latest_ms), "no past date of the CSE's consultation"},
        {!past(agreement->staff_informed_wall_ms, latest_ms), "no past date of the staff's information"},
        {blank(agreement->dpia_reference), "no reference of the DPIA"},
        {blank(agreement->responsible_role), "no responsible role"},
        {agreement->expires_wall_ms <= 0, "no expiry"},
        {has_present && agreement->expires_wall_ms > 0 && left_ms <= 0, "it has expired"},
        {has_present && left_ms > PRIVACY_OPT_IN_DAYS_MAX * DAY_MS, "its expiry is more than 90 days away"},
    };
    return none_missing(conditions, sizeof conditions / sizeof *conditions, error);
}

bool privacy_agreement_holds(const struct privacy_agreement *agreement, int64_t now_wall_ms,
                             struct error *error)
{
    return judge(agreement, true, now_wall_ms, error);
}

bool privacy_agreement_complete(const struct privacy_agreement *agreement, struct error *error)
{
    return judge(agreement, false, 0, error);
}

/* Capitals, dots, dashes and blanks alone, three letters at most: initials. */
static bool looks_like_initials(const char *pseudonym)
{
    size_t letters = 0;
    for (const char *c = pseudonym; *c; c++) {
        if (strchr(".- ", *c))
            continue;
        if (*c < 'A' || *c > 'Z')
            return false;
        letters++;
    }
    return letters <= 3;
}

/* Of any script: everything but figures, marks and blanks. */
static size_t count_letters(const char *text)
{
    size_t letters = 0;
    for (uint32_t letter; *text;) {
        letter = utf8_next(&text);
        letters += letter > 0xBF || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    }
    return letters;
}

bool privacy_pseudonym_allowed(const char *pseudonym, struct error *error)
{
    if (blank(pseudonym))
        error_set(error, "a pseudonym is missing (P09)");
    else if (count_letters(pseudonym) < PRIVACY_PSEUDONYM_LETTERS_MIN || looks_like_initials(pseudonym))
        error_set(error, "the pseudonym looks like initials, which are a name (P09); choose a word");
    else
        return true;
    return false;
}

bool privacy_score_allowed(const char *const *kpis, size_t count, struct error *error)
{
    static const char *const never[] = {"aht",
                                        "dmc",
                                        "acw_avg",
                                        "agents_pause",
                                        "agent_states",
                                        "hold_time_avg",
                                        "hold_rate",
                                        "agents_on_contact",
                                        "agent_productivity",
                                        "occupancy",
                                        "talk_occupancy",
                                        "shrinkage",
                                        "utilisation",
                                        "schedule_adherence",
                                        "schedule_conformance",
                                        NULL};
    static const char *const quality[] = {"fcr", "csat_rate", "csat_score", "nps", "quality_score", NULL};
    size_t of_quality = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_one_of(kpis[i], never)) {
            error_set(error, "%s never ranks agents (P09)", kpis[i]);
            return false;
        }
        of_quality += is_one_of(kpis[i], quality);
    }
    if (of_quality == 0)
        error_set(error, "a ranking of agents needs a quality KPI, such as fcr or csat_rate (P09)");
    return of_quality > 0;
}

bool privacy_agent_ranking_allowed(const struct privacy_participant *participants, size_t count,
                                   const char *const *score_kpis, size_t kpi_count, struct error *error)
{
    size_t enough = 0;
    for (size_t i = 0; i < count; i++) {
        if (!privacy_pseudonym_allowed(participants[i].pseudonym, error))
            return false;
        enough += participants[i].contacts >= PRIVACY_CONTACTS_MIN;
    }
    if (enough < PRIVACY_PARTICIPANTS_MIN) {
        error_set(error,
                  "agents are ranked from %d participants with %d contacts each on (P09); there are %zu",
                  PRIVACY_PARTICIPANTS_MIN, PRIVACY_CONTACTS_MIN, enough);
        return false;
    }
    return privacy_score_allowed(score_kpis, kpi_count, error);
}
