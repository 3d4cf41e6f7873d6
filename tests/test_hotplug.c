/* Displays that come and go: what the kernel tells of them, and when windows are opened and closed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/hotplug.h"
#include "render/connectors.h"
#include "sysfs_kit.h"

/* ---- what the kernel tells ---- */

static void two_sockets_of_a_pi_are_read_in_the_order_of_the_kernel(void **state)
{
    (void)state;
    struct connectors connectors;
    sysfs_put("card1-HDMI-A-2", "connected", 42, "1280x720\n");
    sysfs_put("card1-HDMI-A-1", "connected", 33, "1920x1080\n1280x720\n");
    sysfs_put("card1-Writeback-1", "unknown", 50, "");
    connectors_read(&connectors, sysfs_root);
    assert_int_equal(connectors.count, 2);
    assert_string_equal(connectors.items[0].name, "HDMI-A-1");
    assert_int_equal(connectors.items[0].card, 1);
    assert_int_equal(connectors.items[0].id, 33);
    assert_true(connectors.items[0].connected);
    assert_true(connectors.items[0].modes != connectors.items[1].modes);
}

/* Without connector_id names tell the order. */
static void an_older_kernel_leaves_the_order_to_the_names(void **state)
{
    (void)state;
    struct connectors connectors;
    sysfs_put("card0-HDMI-A-10", "disconnected", 0, "");
    sysfs_put("card0-HDMI-A-2", "disconnected", 0, "");
    sysfs_put("card0-DSI-1", "disconnected", 0, "");
    connectors_read(&connectors, sysfs_root);
    assert_string_equal(connectors.items[0].name, "DSI-1");
    assert_string_equal(connectors.items[1].name, "HDMI-A-2");
    assert_string_equal(connectors.items[2].name, "HDMI-A-10");
}

static void a_display_is_counted_among_the_connected_ones_of_its_card(void **state)
{
    (void)state;
    struct connectors connectors;
    sysfs_put("card0-DP-1", "disconnected", 0, "");
    sysfs_put("card0-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card0-HDMI-A-2", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-3", "connected", 0, "1920x1080\n");
    connectors_read(&connectors, sysfs_root);
    const struct connector *first = connectors_find(&connectors, "HDMI-A-1");
    const struct connector *second = connectors_find(&connectors, "HDMI-A-2");
    assert_int_equal(connectors_number(&connectors, first), 0);
    assert_int_equal(connectors_number(&connectors, second), 1);
    assert_int_equal(connectors_number(&connectors, connectors_find(&connectors, "HDMI-A-3")), 0);
    assert_int_equal(connectors_number(&connectors, connectors_find(&connectors, "DP-1")), -1);
    assert_int_equal(connectors_number(&connectors, NULL), -1);
    assert_ptr_equal(connectors_display(&connectors, 0), first);
    assert_ptr_equal(connectors_display(&connectors, 1), second);
    assert_null(connectors_display(&connectors, 2));
    connectors_keep_card(&connectors, 1);
    assert_int_equal(connectors.count, 1);
    assert_string_equal(connectors_display(&connectors, 0)->name, "HDMI-A-3");
}

static void of_two_sockets_with_one_name_the_one_with_a_display_is_meant(void **state)
{
    (void)state;
    struct connectors connectors;
    sysfs_put("card0-HDMI-A-1", "disconnected", 0, "");
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    connectors_read(&connectors, sysfs_root);
    assert_int_equal(connectors_find(&connectors, "HDMI-A-1")->card, 1);
    assert_null(connectors_find(&connectors, "HDMI-A-9"));
}

static void where_there_is_no_card_nothing_is_told(void **state)
{
    (void)state;
    struct connectors connectors;
    connectors_read(&connectors, "/nonexistent");
    assert_int_equal(connectors.count, 0);
    sysfs_put("card0", "connected", 0, "");
    sysfs_put("renderD128", "connected", 0, "");
    sysfs_put("card0-a-name-longer-than-any-socket-has-in-this-world", "connected", 0, "");
    connectors_read(&connectors, sysfs_root);
    assert_int_equal(connectors.count, 0);
}

/* ---- what to do about it ---- */

enum { TV = 77, OTHER_TV = 78 };

static void a_display_that_comes_is_opened_at_the_first_look(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 1000), HOTPLUG_STAY);
    assert_int_equal(hotplug.next_ms, 1500);
    assert_int_equal(hotplug_look(&hotplug, TV, 1500), HOTPLUG_OPEN);
    hotplug_opened(&hotplug, TV, 1600);
    assert_int_equal(hotplug.next_ms, 2600);
    assert_int_equal(hotplug_look(&hotplug, TV, 2600), HOTPLUG_STAY);
    assert_int_equal(hotplug.next_ms, 3600);
}

static void a_display_that_goes_is_closed_when_two_looks_agree(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    hotplug_opened(&hotplug, TV, 0);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 1000), HOTPLUG_STAY);
    assert_int_equal(hotplug.next_ms, 1500);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 1500), HOTPLUG_CLOSE);
    hotplug_closed(&hotplug);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 2000), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, TV, 2500), HOTPLUG_OPEN);
}

static void a_display_that_is_gone_for_a_blink_costs_nothing(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    hotplug_opened(&hotplug, TV, 0);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 1000), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, TV, 1500), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_NOTHING, 2500), HOTPLUG_STAY);
}

static void another_display_at_the_same_socket_is_opened_anew(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    hotplug_opened(&hotplug, TV, 0);
    assert_int_equal(hotplug_look(&hotplug, OTHER_TV, 1000), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, OTHER_TV, 1500), HOTPLUG_REOPEN);
}

static void a_display_that_does_not_open_is_tried_every_two_seconds(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    assert_int_equal(hotplug_look(&hotplug, TV, 0), HOTPLUG_OPEN);
    hotplug_failed(&hotplug, TV, 0);
    assert_int_equal(hotplug_look(&hotplug, TV, 500), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, TV, 1999), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, TV, 2000), HOTPLUG_OPEN);
    hotplug_failed(&hotplug, TV, 2000);
    assert_int_equal(hotplug_look(&hotplug, OTHER_TV, 2500), HOTPLUG_OPEN);
}

static void where_the_kernel_does_not_tell_it_is_tried(void **state)
{
    (void)state;
    struct hotplug hotplug = {0};
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_UNTOLD, 0), HOTPLUG_OPEN);
    hotplug_failed(&hotplug, HOTPLUG_UNTOLD, 0);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_UNTOLD, 1500), HOTPLUG_STAY);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_UNTOLD, 2000), HOTPLUG_OPEN);
    hotplug_opened(&hotplug, HOTPLUG_UNTOLD, 2000);
    assert_int_equal(hotplug_look(&hotplug, HOTPLUG_UNTOLD, 3000), HOTPLUG_STAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_sockets_of_a_pi_are_read_in_the_order_of_the_kernel, sysfs_make,
                                        sysfs_remove),
        cmocka_unit_test_setup_teardown(an_older_kernel_leaves_the_order_to_the_names, sysfs_make,
                                        sysfs_remove),
        cmocka_unit_test_setup_teardown(a_display_is_counted_among_the_connected_ones_of_its_card, sysfs_make,
                                        sysfs_remove),
        cmocka_unit_test_setup_teardown(of_two_sockets_with_one_name_the_one_with_a_display_is_meant,
                                        sysfs_make, sysfs_remove),
        cmocka_unit_test_setup_teardown(where_there_is_no_card_nothing_is_told, sysfs_make, sysfs_remove),
        cmocka_unit_test(a_display_that_comes_is_opened_at_the_first_look),
        cmocka_unit_test(a_display_that_goes_is_closed_when_two_looks_agree),
        cmocka_unit_test(a_display_that_is_gone_for_a_blink_costs_nothing),
        cmocka_unit_test(another_display_at_the_same_socket_is_opened_anew),
        cmocka_unit_test(a_display_that_does_not_open_is_tried_every_two_seconds),
        cmocka_unit_test(where_the_kernel_does_not_tell_it_is_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
