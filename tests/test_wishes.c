/* The way from the main thread to the data thread. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/wishes.h"
#include "base/text.h"

enum { MANY = 20000 };

static void append(void *context, const struct wish *wish)
{
    text_append_format(context, "%d:%s ", wish->kind, wish->tile ? wish->tile : "-");
}

static void wishes_come_in_their_order_and_once(void **state)
{
    (void)state;
    struct wishes *wishes = wishes_create();
    struct text heard = {0};
    char tile[] = "sl";
    wishes_post(wishes, &(struct wish){WISH_ACKNOWLEDGE, tile, true});
    tile[0] = 'x'; /* it was copied */
    wishes_post(wishes, &(struct wish){WISH_TILE, NULL, true});
    wishes_post(wishes, &(struct wish){WISH_TILE, "wait", true});
    assert_true(wishes_take(wishes, append, &heard));
    assert_string_equal(text_bytes(&heard), "3:sl 0:- 0:wait ");
    assert_false(wishes_take(wishes, append, &heard));
    text_finish(&heard);
    wishes_destroy(wishes);
}

static void what_nobody_took_is_freed(void **state)
{
    (void)state;
    struct wishes *wishes = wishes_create();
    wishes_post(wishes, &(struct wish){WISH_TILE, "sl", true});
    wishes_post(wishes, &(struct wish){WISH_TILE, "wait", true});
    wishes_destroy(wishes);
    wishes_destroy(NULL);
}

static void *post_many(void *context)
{
    for (int i = 0; i < MANY; i++) {
        char tile[16];
        snprintf(tile, sizeof tile, "%d", i);
        wishes_post(context, &(struct wish){WISH_ACKNOWLEDGE, tile, true});
    }
    return NULL;
}

static void expect_next(void *context, const struct wish *wish)
{
    int *next = context;
    assert_int_equal(atoi(wish->tile), *next);
    ++*next;
}

static void none_is_lost_between_two_threads(void **state)
{
    (void)state;
    struct wishes *wishes = wishes_create();
    pthread_t poster;
    int next = 0;
    assert_int_equal(pthread_create(&poster, NULL, post_many, wishes), 0);
    while (next < MANY / 2)
        wishes_take(wishes, expect_next, &next);
    pthread_join(poster, NULL);
    wishes_take(wishes, expect_next, &next);
    assert_int_equal(next, MANY);
    wishes_destroy(wishes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wishes_come_in_their_order_and_once),
        cmocka_unit_test(what_nobody_took_is_freed),
        cmocka_unit_test(none_is_lost_between_two_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
