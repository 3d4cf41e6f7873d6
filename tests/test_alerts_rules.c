/* Every rule of the alert specification has its test: tests/data/alerts_rules.csv says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv_cases.h"
#include "places.h"

static void every_rule_about_alerts_has_its_test(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/alerts_rules.csv");
    assert_int_equal(cases->count, 77);
    for (size_t row = 0; row < cases->count; row++)
        assert_places("tests/data/alerts_rules.csv", row + 1, cases->rows[row].cell[1]);
    csv_destroy(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_rule_about_alerts_has_its_test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
