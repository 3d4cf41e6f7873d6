/*
 * The program itself is killed between the vendor's answer and the rename of the new refresh token, by its
 * tracer, at a system call: nothing in the product knows of this test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/ptrace.h>

#include "base/text.h"
#include "tests/files.h"
#include "tests/peer_tokens.h"

static char folder[] = "/tmp/vigie-crash-XXXXXX";
static char board[64], token[64], spoken[64];

static const char *beside(const char *suffix)
{
    static char path[128];
    snprintf(path, sizeof path, "%s%s", token, suffix);
    return path;
}

static void write_board(void)
{
    char text[1024];
    snprintf(text, sizeof text,
             "vigie: 1\nsources:\n  - name: acd\n    adapter: generic/filter-canonical\n    url: %s\n    "
             "auth: {kind: oauth2_refresh_token, id: wall, token_url: '%s', refresh_token: {file: "
             "%s}}\npages:\n  - {id: p, title: T, grid: 1x1, tiles: [{kpi: calls_waiting}]}\n",
             peer.figures_url, peer.token_url, token);
    files_write_mode(board, text, 0600);
}

static int open_vendor(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/vigie-crash-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(board, sizeof board, "%s/board.yaml", folder);
    snprintf(token, sizeof token, "%s/token", folder);
    snprintf(spoken, sizeof spoken, "%s/spoken", folder);
    peer_start();
    files_write_mode(token, "r0\n", 0600);
    write_board();
    return 0;
}

static int close_vendor(void **state)
{
    static const char *const suffixes[] = {"", ".new", ".prev", ".lock"};
    (void)state;
    peer_stop();
    for (size_t i = 0; i < 4; i++)
        unlink(beside(suffixes[i]));
    unlink(board);
    unlink(spoken);
    return rmdir(folder);
}

static pid_t start_probe(bool traced)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    int out = open(spoken, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(77);
    const char *program = getenv("VIGIE_PROGRAM");
    execl(program, program, "probe", board, "--source", "acd", (char *)NULL);
    _exit(78);
}

static int probe(void)
{
    int status;
    pid_t child = start_probe(false);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool renames(uint64_t call)
{
#ifdef SYS_rename
    if (call == SYS_rename)
        return true;
#endif
    return call == SYS_renameat || call == SYS_renameat2;
}

static bool writes(uint64_t call)
{
    return call == SYS_pwrite64;
}

/* Kills the program as it enters the first such call. False: this machine does not let us trace. */
static bool kill_at(bool (*is_the_one)(uint64_t call))
{
    int status;
    pid_t child = start_probe(true);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status))
        return false;
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    int passed_on = 0;
    while (ptrace(PTRACE_SYSCALL, child, NULL, passed_on) == 0 && waitpid(child, &status, 0) == child &&
           WIFSTOPPED(status)) {
        struct ptrace_syscall_info info = {0};
        bool at_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
        passed_on = at_call || WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
        if (at_call && ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) > 0 &&
            info.op == PTRACE_SYSCALL_INFO_ENTRY && is_the_one(info.entry.nr))
            break;
    }
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    return true;
}

static void assert_file(const char *path, const char *expected)
{
    struct text content = {0};
    text_read_file(&content, path, 1000);
    assert_string_equal(text_bytes(&content), expected);
    text_finish(&content);
}

static void assert_spoken(const char *words)
{
    struct text said = {0};
    assert_true(text_read_file(&said, spoken, 100000));
    if (!strstr(text_bytes(&said), words))
        print_error("%s", text_bytes(&said));
    assert_non_null(strstr(text_bytes(&said), words));
    text_finish(&said);
}

static void killed_before_the_rename_it_goes_on_with_the_new_token(void **state)
{
    (void)state;
    if (!kill_at(renames))
        skip();
    assert_int_equal(peer.refresh, 1);
    assert_file(token, "r0\n");
    assert_file(beside(".new"), "r1\n");
    assert_int_equal(probe(), 0); /* the vendor forgot r0 at once */
    assert_file(token, "r2\n");
}

static void killed_before_the_write_it_goes_on_where_the_vendor_takes_the_old_token(void **state)
{
    (void)state;
    peer.forgets_at_once = false;
    if (!kill_at(writes))
        skip();
    assert_int_equal(peer.refresh, 1);
    assert_file(beside(".new"), "");
    assert_int_equal(probe(), 0);
    assert_file(token, "r2\n");
}

static void killed_before_the_write_it_says_what_to_do_where_the_vendor_does_not(void **state)
{
    (void)state;
    if (!kill_at(writes))
        skip();
    assert_int_equal(probe(), 1);
    assert_spoken("is not accepted any more (invalid_grant); sign in again");
    assert_spoken(token);
    files_write_mode(token, "r1", 0600); /* a person did */
    assert_int_equal(probe(), 0);
    assert_file(token, "r2\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_vendor, close_vendor)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(killed_before_the_rename_it_goes_on_with_the_new_token),
        TEST(killed_before_the_write_it_goes_on_where_the_vendor_takes_the_old_token),
        TEST(killed_before_the_write_it_says_what_to_do_where_the_vendor_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
