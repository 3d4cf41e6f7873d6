#include "model/spoken.h"

static const char *const DISPLAYS[LANGUAGE_COUNT][DISPLAY_COUNT] = {
    [LANGUAGE_FR] = {[DISPLAY_CLOSED] = "fermé",
                     [DISPLAY_NODATA] = "pas de donnée",
                     [DISPLAY_STALE] = "données figées",
                     [DISPLAY_NEUTRAL] = "sans jugement",
                     [DISPLAY_CRITICAL] = "critique",
                     [DISPLAY_WARN] = "attention",
                     [DISPLAY_OK] = "OK"},
    [LANGUAGE_EN] = {[DISPLAY_CLOSED] = "closed",
                     [DISPLAY_NODATA] = "no data",
                     [DISPLAY_STALE] = "stale data",
                     [DISPLAY_NEUTRAL] = "not judged",
                     [DISPLAY_CRITICAL] = "critical",
                     [DISPLAY_WARN] = "warning",
                     [DISPLAY_OK] = "OK"},
};

static const char *const ALERT_STATES[LANGUAGE_COUNT][ALERT_STATE_COUNT] = {
    [LANGUAGE_FR] = {[ALERT_INACTIVE] = "pas d’alerte",
                     [ALERT_PENDING] = "alerte qui se prépare",
                     [ALERT_ALERTING] = "alerte en cours",
                     [ALERT_ACKED] = "alerte vue",
                     [ALERT_RECOVERING] = "alerte qui se résout",
                     [ALERT_FROZEN] = "alerte en suspens, faute de chiffres",
                     [ALERT_SHELVED] = "alertes mises de côté"},
    [LANGUAGE_EN] = {[ALERT_INACTIVE] = "no alert",
                     [ALERT_PENDING] = "alert pending",
                     [ALERT_ALERTING] = "alert active",
                     [ALERT_ACKED] = "alert seen",
                     [ALERT_RECOVERING] = "alert recovering",
                     [ALERT_FROZEN] = "alert on hold for want of figures",
                     [ALERT_SHELVED] = "alerts put aside"},
};

static const char *const PERIODS[LANGUAGE_COUNT][PERIOD_COUNT] = {
    [LANGUAGE_FR] = {[PERIOD_NOW] = "maintenant",
                     [PERIOD_15M] = "15\u00a0min",
                     [PERIOD_30M] = "30\u00a0min",
                     [PERIOD_60M] = "60\u00a0min",
                     [PERIOD_TODAY] = "aujourd’hui",
                     [PERIOD_DAY] = "dernier jour",
                     [PERIOD_WEEK] = "semaine",
                     [PERIOD_MONTH] = "mois",
                     [PERIOD_ROLLING_7D] = "7\u00a0jours",
                     [PERIOD_ROLLING_28D] = "28\u00a0jours",
                     [PERIOD_NEXT_30M] = "30\u00a0min à venir",
                     [PERIOD_QUARTER] = "trimestre",
                     [PERIOD_ROLLING_12M] = "12\u00a0mois"},
    [LANGUAGE_EN] = {[PERIOD_NOW] = "now",
                     [PERIOD_15M] = "15\u00a0min",
                     [PERIOD_30M] = "30\u00a0min",
                     [PERIOD_60M] = "60\u00a0min",
                     [PERIOD_TODAY] = "today",
                     [PERIOD_DAY] = "last day",
                     [PERIOD_WEEK] = "week",
                     [PERIOD_MONTH] = "month",
                     [PERIOD_ROLLING_7D] = "7\u00a0days",
                     [PERIOD_ROLLING_28D] = "28\u00a0days",
                     [PERIOD_NEXT_30M] = "next 30\u00a0min",
                     [PERIOD_QUARTER] = "quarter",
                     [PERIOD_ROLLING_12M] = "12\u00a0months"},
};

const char *spoken_display(enum display display, enum language language)
{
    return DISPLAYS[language][display];
}

const char *spoken_severity(enum severity severity, enum language language)
{
    static const enum display AS[SEVERITY_COUNT] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    return spoken_display(AS[severity], language);
}

const char *spoken_alert_state(enum alert_state state, enum language language)
{
    return ALERT_STATES[language][state];
}

const char *spoken_period(enum period period, enum language language)
{
    return PERIODS[language][period];
}
