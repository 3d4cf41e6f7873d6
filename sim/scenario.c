#include "sim/scenario.h"

#include <stddef.h>

#include "base/text.h"

enum { QUARTERS = 96, ANY = -1, MOST_SURGES = 4 };

#define AT(hour, minute) ((hour)*4 + (minute) / 15)

/* Weights, a row of 24 is six hours. A few call before the opening at 8:30 and after 18:30. */
// clang-format off
static const int phone_profile[QUARTERS] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  3, 14, 20, 24, 28, 31, 34, 37, 39, 40, 40, 38, 36, 33, 30,
    27, 25, 23, 21, 20, 20, 23, 26, 30, 34, 36, 37, 36, 35, 34, 33, 32, 31, 30, 28, 26, 24, 21, 18,
    15, 11,  3,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
};
static const int email_profile[QUARTERS] = {
     1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  2,  2,
     3,  3,  4,  5,  6,  7,  8,  9, 12, 14, 16, 18, 20, 20, 20, 20, 20, 19, 18, 17, 16, 15, 14, 13,
     9,  8,  8,  9, 10, 11, 12, 13, 15, 16, 16, 16, 16, 15, 15, 14, 14, 13, 13, 12, 11, 10, 10,  9,
     8,  7,  7,  6,  6,  6,  6,  6,  6,  6,  5,  5,  5,  4,  4,  4,  3,  3,  3,  2,  2,  2,  1,  1,
};
static const int office_profile[QUARTERS] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  6,  8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
     8,  6,  4,  4,  4,  6,  8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,  8,  8,
     6,  4,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
};
static const int campaign_profile[QUARTERS] = {
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  6, 10, 10, 10, 10, 10, 10, 10,  8,  6,
     0,  0,  0,  0,  0,  0,  0,  0,  8, 10, 10, 10, 10, 10, 10, 10,  8,  8,  8,  6,  6,  4,  0,  0,
     0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
};
// clang-format on

/* What comes on an ordinary day, in the order of enum stream. */
static const struct {
    double a_day;
    const int *profile;
    int queue, channel;
} streams[STREAM_COUNT] = {
    {580, phone_profile, QUEUE_SALES, CHANNEL_VOICE},
    {180, phone_profile, QUEUE_SALES, CHANNEL_CHAT},
    {90, email_profile, QUEUE_SALES, CHANNEL_EMAIL},
    {690, phone_profile, QUEUE_SUPPORT, CHANNEL_VOICE},
    {250, phone_profile, QUEUE_SUPPORT, CHANNEL_CHAT},
    {150, email_profile, QUEUE_SUPPORT, CHANNEL_EMAIL},
    {480, phone_profile, QUEUE_BILLING, CHANNEL_VOICE},
    {135, phone_profile, QUEUE_BILLING, CHANNEL_CHAT},
    {80, email_profile, QUEUE_BILLING, CHANNEL_EMAIL},
    /* a first answer and a solution each, and a little to spare */
    {210, office_profile, ANY, ANY},
    {345, office_profile, ANY, ANY},
    {188, office_profile, ANY, ANY},
    {420, campaign_profile, ANY, ANY},
    {260, campaign_profile, ANY, ANY},
    {420, phone_profile, ANY, CHANNEL_VOICE},
    {125, phone_profile, ANY, CHANNEL_VOICE},
};

static const struct service services[LINE_COUNT] = {
    {230000, 45000, 170000, 18, 35000, 5, 82}, {380000, 30000, 200000, 0, 0, 3, 70}, {0, 0, 0, 0, 0, 0, 0},
    {330000, 60000, 230000, 32, 55000, 9, 74}, {470000, 40000, 240000, 0, 0, 6, 66}, {0, 0, 0, 0, 0, 0, 0},
    {250000, 55000, 200000, 26, 45000, 7, 78}, {390000, 35000, 220000, 0, 0, 4, 68}, {0, 0, 0, 0, 0, 0, 0},
};

#define LINE(queue, channel) (1U << ((queue)*CHANNEL_COUNT + (channel)))
#define VOICE(queue)         LINE(queue, CHANNEL_VOICE)
#define CHAT(queue)          LINE(queue, CHANNEL_CHAT)
#define TIME(hour, minute)   ((hour)*60 + (minute))

/* The floor: early, middle and late days, so that all lunch breaks do not fall together. */
static const struct staff staff[] = {
    {QUEUE_SALES, 4, VOICE(QUEUE_SALES), TIME(8, 15), TIME(11, 45), TIME(16, 30)},
    {QUEUE_SALES, 3, VOICE(QUEUE_SALES), TIME(9, 0), TIME(12, 30), TIME(18, 0)},
    {QUEUE_SALES, 3, VOICE(QUEUE_SALES) | VOICE(QUEUE_BILLING), TIME(10, 0), TIME(13, 15), TIME(18, 45)},
    {QUEUE_SALES, 3, CHAT(QUEUE_SALES), TIME(8, 15), TIME(11, 45), TIME(16, 45)},
    {QUEUE_SALES, 2, CHAT(QUEUE_SALES) | CHAT(QUEUE_SUPPORT), TIME(9, 45), TIME(13, 0), TIME(18, 45)},
    {QUEUE_SUPPORT, 5, VOICE(QUEUE_SUPPORT), TIME(8, 15), TIME(11, 45), TIME(16, 30)},
    {QUEUE_SUPPORT, 4, VOICE(QUEUE_SUPPORT), TIME(9, 0), TIME(12, 30), TIME(17, 45)},
    {QUEUE_SUPPORT, 6, VOICE(QUEUE_SUPPORT), TIME(9, 45), TIME(13, 0), TIME(18, 45)},
    {QUEUE_SUPPORT, 4, CHAT(QUEUE_SUPPORT), TIME(8, 15), TIME(11, 45), TIME(16, 45)},
    {QUEUE_SUPPORT, 3, CHAT(QUEUE_SUPPORT) | CHAT(QUEUE_BILLING), TIME(9, 45), TIME(13, 0), TIME(18, 45)},
    {QUEUE_BILLING, 4, VOICE(QUEUE_BILLING), TIME(8, 15), TIME(11, 45), TIME(16, 30)},
    {QUEUE_BILLING, 2, VOICE(QUEUE_BILLING), TIME(9, 0), TIME(12, 30), TIME(18, 0)},
    {QUEUE_BILLING, 3, VOICE(QUEUE_BILLING) | VOICE(QUEUE_SALES), TIME(10, 0), TIME(13, 15), TIME(18, 45)},
    {QUEUE_BILLING, 2, CHAT(QUEUE_BILLING), TIME(8, 15), TIME(11, 45), TIME(16, 45)},
    {QUEUE_BILLING, 2, CHAT(QUEUE_BILLING) | CHAT(QUEUE_SALES), TIME(10, 0), TIME(13, 30), TIME(18, 45)},
};

/* People who do not exist. */
static const char *const agents[] = {
    "Alice Garnier",  "Bruno Lefort",   "Camille Rousset", "David Nowak",    "Élodie Marchand",
    "Farid Haddad",   "Gaëlle Prigent", "Hugo Delmas",     "Inès Carvalho",  "Jules Aubry",
    "Karine Weiss",   "Louis Bertin",   "Maëva Saint-Cyr", "Nadia Benhamou", "Olivier Tessier",
    "Pauline Guérin", "Quentin Morvan", "Rosa Ferreira",   "Samuel Koffi",   "Thanh Pham",
    "Ursula Klein",   "Victor Lemoine", "Wassim Trabelsi", "Xavier Pons",    "Yasmine Cherif",
    "Zacharie Noël",  "Agathe Roussel", "Bastien Hamon",   "Clara Vidal",    "Denis Jacquet",
    "Estelle Colin",  "Florian Masson", "Géraldine Petit", "Henri Dufour",   "Irène Lacombe",
    "Jonas Maillard", "Kadiatou Sow",   "Laurent Besnard", "Manon Leclerc",  "Nicolas Ferrand",
    "Océane Briand",  "Pierre Cordier", "Raphaël Guyot",   "Sophie Arnaud",  "Théo Barbier",
    "Valérie Huet",   "William Costa",  "Zoé Lambert",
};

/* A stretch of quarters in which more comes, or less. */
struct surge {
    int from, until, queue, channel;
    double factor;
};

struct scenario {
    const char *name;
    double load, absent_percent;
    struct surge surges[MOST_SURGES];
};

static const char *const names[] = {"journee", "calme", "pointe", "panne", NULL};

static const struct scenario scenarios[] = {
    /* interesting around 14:00: Support is called more often than it was staffed for */
    {"journee",
     1,
     4,
     {{AT(13, 0), AT(14, 15), QUEUE_SUPPORT, CHANNEL_VOICE, 1.5},
      {AT(14, 15), AT(15, 15), QUEUE_SUPPORT, CHANNEL_VOICE, 1.15}}},
    {"calme", 0.75, 2, {{0}}},
    {"pointe", 1.3, 9, {{AT(13, 0), AT(16, 0), QUEUE_SALES, ANY, 1.2}}},
    /* the IVR is down, nobody gets through and some turn to the chat; then all call again at once */
    {"panne",
     1,
     4,
     {{AT(14, 0), AT(14, 15), ANY, CHANNEL_VOICE, 0.05},
      {AT(14, 0), AT(14, 45), ANY, CHANNEL_CHAT, 1.8},
      {AT(14, 15), AT(15, 30), ANY, CHANNEL_VOICE, 2}}},
};
static const struct scenario ordinary = {"", 1, 4, {{0}}};

const struct scenario *scenario_find(const char *name)
{
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        if (text_equal(scenarios[i].name, name))
            return &scenarios[i];
    return NULL;
}

const char *const *scenario_names(void)
{
    return names;
}

const char *queue_name(enum queue queue)
{
    static const char *const all[QUEUE_COUNT] = {"Ventes", "Support", "Facturation"};
    return all[queue];
}

const char *scenario_channel_name(enum channel channel)
{
    static const char *const all[CHANNEL_COUNT] = {"voice", "chat", "email"};
    return all[channel];
}

const char *campaign_name(int campaign)
{
    static const char *const all[CAMPAIGN_COUNT] = {"Relance devis", "Fidélité"};
    return all[campaign];
}

const char *ticket_kind_name(int kind)
{
    static const char *const all[KIND_COUNT] = {"Demande", "Incident", "Réclamation"};
    return all[kind];
}

const char *reason_name(enum queue queue, int reason)
{
    static const char *const all[QUEUE_COUNT][KIND_COUNT] = {
        {"Commande", "Devis", "Disponibilité"},
        {"Panne", "Installation", "Suivi de dossier"},
        {"Facture", "Paiement", "Résiliation"},
    };
    return all[queue][reason];
}

const char *agent_name(int agent)
{
    return agents[(size_t)agent % (sizeof agents / sizeof *agents)];
}

const struct service *line_service(int line)
{
    return &services[line];
}

const struct staff *staff_rows(int *count)
{
    *count = (int)(sizeof staff / sizeof *staff);
    return staff;
}

static const struct scenario *on_day(const struct scenario *scenario, int64_t day)
{
    return day < 0 ? &ordinary : scenario;
}

double scenario_absent_percent(const struct scenario *scenario, int64_t day)
{
    return on_day(scenario, day)->absent_percent;
}

double scenario_forecast(int stream, int quarter)
{
    int sum = 0;
    for (int i = 0; i < QUARTERS; i++)
        sum += streams[stream].profile[i];
    return streams[stream].a_day * streams[stream].profile[quarter] / sum;
}

static bool surge_hits(const struct surge *surge, int stream, int quarter)
{
    return quarter >= surge->from && quarter < surge->until &&
           (surge->queue == ANY || surge->queue == streams[stream].queue) &&
           (surge->channel == ANY || surge->channel == streams[stream].channel);
}

double scenario_expected(const struct scenario *scenario, int stream, int64_t day, int quarter)
{
    double expected = scenario_forecast(stream, quarter);
    if (streams[stream].channel == ANY || streams[stream].channel == CHANNEL_EMAIL)
        return expected; /* the office's work does not follow the telephone */
    scenario = on_day(scenario, day);
    expected *= scenario->load;
    for (int i = 0; i < MOST_SURGES; i++)
        if (surge_hits(&scenario->surges[i], stream, quarter))
            expected *= scenario->surges[i].factor;
    return expected;
}
