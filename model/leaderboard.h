#ifndef MODEL_LEADERBOARD_H
#define MODEL_LEADERBOARD_H

/*
 * Rankings: of teams by their progress against themselves, of agents by a few measures together
 * (kpis.json: leaderboard_teams, leaderboard_agents). Whether a ranking may be shown at all, and how
 * many places of it, is decided by model/privacy.h (P07 to P10) before anybody asks here.
 */

#include <stddef.h>

enum { LEADERBOARD_CONTACTS_MIN = 30, LEADERBOARD_MEASURES_MAX = 6 };

/* Of the agents on the opt-in list; nothing that names a person but the pseudonym the agent chose. */
struct leaderboard_agent {
    const char *pseudonym;
    double contacts; /* below LEADERBOARD_CONTACTS_MIN the agent is not ranked */
    double
        measures[LEADERBOARD_MEASURES_MAX]; /* more is better: the caller turns times round; NaN: not known */
};

struct leaderboard_team {
    const char *team;
    double attainment_percent; /* of the targets on the shared KPIs, this week; NaN: not known */
    double own_mean_percent;   /* the same over the team's last four weeks */
};

struct leaderboard_place {
    size_t index; /* into what was ranked */
    double score; /* agents: mean of z-scores; teams: points above the own mean */
    int rank;     /* from 1; equals share a rank, and the next one is left out: 1, 2, 2, 4 */
};

/*
 * Best first, equals in the order given. An agent's score is the mean of the z-scores of what is
 * known of them, with the population's standard deviation over the ranked agents; a measure in which
 * all are equal counts 0. Left out: too few contacts, nothing known. `places` has room for `count`;
 * gives how many there are.
 */
size_t leaderboard_rank_agents(const struct leaderboard_agent *agents, size_t count, size_t measure_count,
                               struct leaderboard_place *places);

/* Best progress first: a weak team that gains goes before a strong one that stands still. */
size_t leaderboard_rank_teams(const struct leaderboard_team *teams, size_t count,
                              struct leaderboard_place *places);

#endif
