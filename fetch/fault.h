#ifndef FETCH_FAULT_H
#define FETCH_FAULT_H

/* Why a poll failed, as model/source_health.h has it, with words for IT. */

#include "base/error.h"
#include "model/source_health.h"

struct fault {
    enum source_problem problem;
    double number;
    struct error detail;
};

#endif
