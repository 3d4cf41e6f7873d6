#ifndef MODEL_PRIVACY_H
#define MODEL_PRIVACY_H

/*
 * What may be shown of people, and where.
 *
 * Every refusal says why, with the number of its rule, so that `vigie check` and the wall can repeat
 * it. What is not known counts against showing.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/kpi.h"

enum {
    PRIVACY_GROUP_MIN = 5,          /* agents, P03 */
    PRIVACY_STAFF_ANSWERS_MIN = 10, /* of a survey of staff, P03 */
    PRIVACY_TEAMS_MIN = 3,          /* P07 */
    PRIVACY_PARTICIPANTS_MIN = 8,   /* P09 */
    PRIVACY_CONTACTS_MIN = 30,      /* each, P09 */
    PRIVACY_RANKS_SHOWN = 3,        /* P09 */
    PRIVACY_OPT_IN_DAYS_MAX = 90,   /* P08 */
    PRIVACY_QUEUE_AGENTS_MIN = 2,   /* P15 */
    PRIVACY_PSEUDONYM_LETTERS_MIN = 3
};

/* ---- small groups, P03 and P04 ---- */

enum privacy_verdict {
    PRIVACY_SHOWN,
    PRIVACY_TOO_SMALL, /* "—" with "équipe < 5" */
    PRIVACY_COMPLEMENT /* hidden so that a smaller one cannot be had by subtraction */
};

struct privacy_group {
    double people; /* NaN: not known */
    enum privacy_verdict verdict;
};

/*
 * Gives each group its verdict. `total_people` is what a total on the screen covers (NaN: the sum of
 * the groups): where total less shown groups would leave 1 to 4 people, the next smallest group is
 * hidden as well.
 */
void privacy_hide_small_groups(struct privacy_group *groups, size_t count, double total_people);

/* A survey of staff (ESAT, eNPS); NaN answers: no. */
bool privacy_staff_survey_shown(double answers);

/* Whether an alert may name a queue (P15). */
bool privacy_queue_may_be_named(double agents);

/* ---- places, P11 and P13 ---- */

enum privacy_zone { ZONE_FLOOR, ZONE_DESK, ZONE_PUBLIC, ZONE_COUNT };

bool privacy_zone_parse(const char *name, enum privacy_zone *zone);

/* Whether a KPI may be shown there. False: the error says why. */
bool privacy_kpi_allowed(const struct kpi *kpi, enum privacy_zone zone, struct error *error);

/* Whether its figure is about people, so that small groups are hidden. */
bool privacy_kpi_is_about_people(const struct kpi *kpi);

/* ---- rankings, P07 to P09 ---- */

/* Teams, by their number of agents. */
bool privacy_team_ranking_allowed(const double *people, size_t count, struct error *error);

/* What the employer has decided and written down; 0 and NULL: not given. */
struct privacy_agreement {
    bool opt_in; /* privacy.individual: opt_in */
    int64_t council_consulted_wall_ms;
    int64_t staff_informed_wall_ms;
    const char *dpia_reference;
    const char *responsible_role;
    int64_t expires_wall_ms;
};

/* P08. Everything that is missing is told at once. */
bool privacy_agreement_holds(const struct privacy_agreement *agreement, int64_t now_wall_ms,
                             struct error *error);

/* The same, but for what depends on the present: whether dates are past, whether it has expired. */
bool privacy_agreement_complete(const struct privacy_agreement *agreement, struct error *error);

struct privacy_participant {
    const char *pseudonym; /* chosen by the agent, who is on the opt-in list */
    double contacts;
};

/* P09: enough participants with enough contacts, pseudonyms that are none of initials, a fair score. */
bool privacy_agent_ranking_allowed(const struct privacy_participant *participants, size_t count,
                                   const char *const *score_kpis, size_t kpi_count, struct error *error);

/* P09: never speed of handling, pauses or adherence; at least one KPI of quality. */
bool privacy_score_allowed(const char *const *kpis, size_t count, struct error *error);

/* Three letters at least, and not initials ("J. D.", "JD"): those are a name. */
bool privacy_pseudonym_allowed(const char *pseudonym, struct error *error);

#endif
