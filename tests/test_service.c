#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/service.h"

/* A service manager that listens on a name that is no file, of this process alone. */
static int listen_as_manager(char *name, size_t size)
{
    snprintf(name, size, "@vigie-test-service-%ld", (long)getpid());
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path + 1, name + 1, strlen(name) - 1);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_true(fd >= 0);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, length), 0);
    return fd;
}

static const char *heard(int manager)
{
    static char message[256];
    ssize_t length = recv(manager, message, sizeof message - 1, 0);
    message[length < 0 ? 0 : length] = '\0';
    return message;
}

static struct service *managed(int *manager, const char *watchdog_us, const char *pid)
{
    char name[64];
    *manager = listen_as_manager(name, sizeof name);
    setenv("NOTIFY_SOCKET", name, 1);
    if (watchdog_us)
        setenv("WATCHDOG_USEC", watchdog_us, 1);
    if (pid)
        setenv("WATCHDOG_PID", pid, 1);
    return service_create();
}

static void without_a_manager_nothing_is_said(void **state)
{
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    setenv("WATCHDOG_USEC", "1000000", 1);
    struct service *service = service_create();
    assert_false(service_is_managed(service));
    service_ready(service);
    service_alive(service, 5);
    assert_true(service_next_alive_ms(service) == INT64_MAX);
    service_destroy(service);
}

static void ready_is_told_once(void **state)
{
    (void)state;
    int manager;
    struct service *service = managed(&manager, NULL, NULL);
    assert_true(service_is_managed(service));
    service_ready(service);
    service_ready(service);
    assert_string_equal(heard(manager), "READY=1");
    assert_string_equal(heard(manager), "");
    service_destroy(service);
    close(manager);
}

static void a_reload_has_its_moment_and_its_end(void **state)
{
    (void)state;
    int manager;
    struct service *service = managed(&manager, NULL, NULL);
    service_reloading(service, 1234);
    assert_string_equal(heard(manager), "RELOADING=1\nMONOTONIC_USEC=1234000");
    service_reloaded(service);
    assert_string_equal(heard(manager), "READY=1");
    service_status(service, "12 tiles\nand more");
    assert_string_equal(heard(manager), "STATUS=12 tiles");
    service_stopping(service);
    assert_string_equal(heard(manager), "STOPPING=1");
    service_destroy(service);
    close(manager);
}

static void the_watchdog_is_fed_at_half_its_time(void **state)
{
    (void)state;
    int manager;
    struct service *service = managed(&manager, "15000000", NULL);
    service_alive(service, 1000);
    assert_string_equal(heard(manager), "WATCHDOG=1");
    assert_int_equal(service_next_alive_ms(service), 8501);
    service_alive(service, 8500);
    assert_string_equal(heard(manager), "");
    service_alive(service, 8501);
    assert_string_equal(heard(manager), "WATCHDOG=1");
    service_destroy(service);
    close(manager);
}

static void a_watchdog_of_another_process_is_not_ours(void **state)
{
    (void)state;
    int manager;
    struct service *service = managed(&manager, "15000000", "1");
    service_alive(service, 1000);
    assert_string_equal(heard(manager), "");
    service_destroy(service);
    close(manager);
}

static void children_do_not_inherit_the_managers_ear(void **state)
{
    (void)state;
    int manager;
    struct service *service = managed(&manager, "15000000", NULL);
    assert_null(getenv("NOTIFY_SOCKET"));
    assert_null(getenv("WATCHDOG_USEC"));
    service_destroy(service);
    close(manager);
}

static void a_socket_that_is_not_there_costs_nothing(void **state)
{
    (void)state;
    setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
    struct service *service = service_create();
    assert_false(service_is_managed(service));
    setenv("NOTIFY_SOCKET", "relative", 1);
    service_destroy(service);
    service = service_create();
    assert_false(service_is_managed(service));
    service_destroy(service);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_manager_nothing_is_said),
        cmocka_unit_test(ready_is_told_once),
        cmocka_unit_test(a_reload_has_its_moment_and_its_end),
        cmocka_unit_test(the_watchdog_is_fed_at_half_its_time),
        cmocka_unit_test(a_watchdog_of_another_process_is_not_ours),
        cmocka_unit_test(children_do_not_inherit_the_managers_ear),
        cmocka_unit_test(a_socket_that_is_not_there_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
