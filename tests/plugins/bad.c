/* A strategy that is bad in one way: -DHOW=n says in which. The test builds one library for each; see
 * tests/command/misbehaving for what must be said of it. */
#define _GNU_SOURCE
#include "zalm_plugin.h"
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define GOOD 0
#define NO_MANIFEST 1
#define GARBLED_MANIFEST 2
#define NEWER 3
#define NEEDS_MORE 4
#define UNRESOLVED 5
#define MAGIC 6
#define ENTRY_VERSION 7
#define LAYOUT 8
#define LYING 9
#define NO_INTERFACE 10
#define NO_STEP 11
#define GARBLED_SCHEMA 12
#define UNKNOWN_COLUMN 13
#define BAD_DEFAULT 14
#define BAD_OWN 15
#define SHORT_ENTRY 16
#define NO_ENTRY 17
#define ABORT 18
#define TOO_DEEP 19
#define BAD_WRITE 20
#define LOOP 21
#define EXIT 22
#define THREAD 23
#define FLUSH 24
#define CLOCK 25
#define PROCESS 26
#define ZONE 27
#define HOG 28
#define PRINT 29
#define NOT_A_NUMBER 30
#define TOO_MUCH 31
#define NEGATIVE 32
#define NOBODY 33
#define OVERTIME 34
#define CHATTER 35
#define WRITE_READ 36
#define WRITE_BEYOND 37
#define STATIC 38
#define FOLDER 39
#define ENVIRONMENT 40
#define HANDLER 41
#define FILES 42
#define PRINT_AT_LOAD 43
#define THREAD_AT_LOAD 44
#define ANY_PARAMETERS 45
#define ANY_INTERFACE 46
#define OTHER_STORY 47
#define EXPORTS 48
#define BROKEN 49
#define CREATE_CRASH 50
#define DESTROY_CRASH 51
#define NO_COUNT 52
#define NO_LOG 53
#define OWN_NAN 54
#define FAILS 55
#define OLDER 56
#define EXACT_SIZE 57
#define MINOR_ONLY 58
#define NAMELESS 59
#define FEW_ROWS 60
#define NOT_ROWWISE 61
#define HIGHEST_FAILS 62
#define AFTER_FAILURE 63
#define THREAD_LOCAL 64
#define SLOW 65
#define GROUP_NAME 66
#define EVENT_NAN 67
#define EVENT_UNKNOWN 68
#define NEEDS_OPTIONAL 69
#define LIBC_EXIT 70
#define EXIT_DESCRIBE 71
#define EXIT_AT_LOAD 72
#define ABORT_DESCRIBE 73
#define LOOP_DESCRIBE 74
#define ABORT_AT_LOAD 75
#define THREAD_EXIT 76
#define GIGABYTES 77
#define PANICS 78
#define PANIC_FORGOTTEN 79
#define ODD_STATUS 80
#define WARNS 81
#define KEEPS_COLUMN 82
#define KEEPS_HOST 83
#define LOCALE 84
#define UMASK 85
#define SUBNORMAL 86
#define AFTER_ERROR 87
#define BY_NUMBER 88
#define ODD_UNIT 89
#define FOLDER_AT_LOAD 90
#define CREATE_LOOP 91
#ifndef ID
#define ID "bad"
#endif
#ifndef VERSION
#define VERSION "1.0.0"
#endif
#if HOW == NEWER
#define ABI "9,0"
#elif HOW == OLDER
#define ABI "0,2"
#else
#define ABI ZALM_DIGITS(ZALM_ABI_MAJOR) "," ZALM_DIGITS(ZALM_ABI_MINOR)
#endif

#if HOW != NO_MANIFEST
ZALM_IN_SECTION static const char manifest[] = ZALM_MANIFEST_MAGIC
#if HOW == GARBLED_MANIFEST
    "this is no JSON\n";
#else
    "{\"id\":\"" ID "\",\"version\":\"" VERSION "\",\"abi\":[" ABI "],\"min_host_minor\":"
#if HOW == NEEDS_MORE
    "9"
#else
    "0"
#endif
    ",\"entry\":\"zalm_plugin_entry_v1\",\"sdk\":\"c\"}\n";
#endif
#endif

#if HOW == UNRESOLVED
extern int nobody_defines_this(void);
#endif
#if HOW == EXPORTS
ZALM_EXPORT int malloc_of_mine(void) { return 1; }
#endif

#define START "{\"id\":\"" ID "\",\"version\":\"" VERSION "\",\"name\":{\"en\":\"Bad\",\"nl\":\"Slecht\"},\"doc\":\"Bad.\","
#define PARAMETERS "\"parameters\":[{\"name\":\"n\",\"type\":\"i64\",\"unit\":\"month\",\"default\":1,\"min\":0,\"max\":5,\"doc\":\"N.\"}],"
#define COLUMNS "\"columns\":[{\"name\":\"project.cost\",\"type\":\"i64\"},{\"name\":\"payer.tie\",\"type\":\"f64\"}]"
#define EVENTS ",\"events\":[{\"name\":\"done\",\"fields\":[{\"name\":\"n\",\"unit\":\"times\"}]}]"
#define OWN EVENTS ",\"own\":[{\"name\":\"mine\",\"default\":0.0}]}"

static ZalmStr describe(void) {
  switch (HOW) {
  case LYING:
    return ZALM_TEXT("{\"id\":\"bad\",\"version\":\"8.0.0\",\"name\":{\"en\":\"\",\"nl\":\"\"}," PARAMETERS COLUMNS "}");
  case GARBLED_SCHEMA:
    return ZALM_TEXT("{\"id\":");
  case UNKNOWN_COLUMN:
    return ZALM_TEXT(START PARAMETERS "\"columns\":[{\"name\":\"project.cots\",\"type\":\"i64\"}]}");
  case BAD_DEFAULT:
    return ZALM_TEXT(START "\"parameters\":[{\"name\":\"n\",\"type\":\"i64\",\"default\":9,\"max\":5}]," COLUMNS "}");
  case BAD_OWN:
    return ZALM_TEXT(START PARAMETERS COLUMNS ",\"own\":[{\"name\":\"project.cost\",\"default\":0.0}]}");
  case ODD_UNIT:
    return ZALM_TEXT(START "\"parameters\":[{\"name\":\"n\",\"type\":\"i64\",\"unit\":\"mont\",\"default\":1,\"doc\":\"N.\"}]," COLUMNS OWN);
  case EXIT_DESCRIBE: exit(0);
  case ABORT_DESCRIBE: abort();
  case LOOP_DESCRIBE: for (volatile int i = 0;;) i++;
  case NAMELESS:
    return ZALM_TEXT("{\"id\":\"bad\",\"version\":\"1.0.0\",\"name\":{\"en\":\"\",\"nl\":\"\"}," PARAMETERS COLUMNS OWN);
  case GROUP_NAME:
    return ZALM_TEXT("{\"id\":\"cost\",\"version\":\"1.0.0\",\"name\":{\"en\":\"A\",\"nl\":\"A\"}," PARAMETERS COLUMNS OWN);
  case NOT_ROWWISE:
    return ZALM_TEXT(START "\"capabilities\":[\"rowwise\"]," PARAMETERS COLUMNS OWN);
  case NEEDS_OPTIONAL:
    return ZALM_TEXT(START PARAMETERS "\"columns\":[{\"name\":\"project.cost\",\"type\":\"i64\",\"optional\":true},"
                     "{\"name\":\"payer.later\",\"type\":\"f64\",\"optional\":true}]" OWN);
  case OTHER_STORY: {
    static int times;
    if (times++)
      return ZALM_TEXT(START PARAMETERS COLUMNS ",\"phases\":[]}");
  }
  }
  return ZALM_TEXT(START PARAMETERS COLUMNS OWN);
}

static void *wait_for_ever(void *nothing) {
  for (;;)
    pause();
  return nothing;
}

static void *end_all(void *nothing) {
  exit(0);
  return nothing;
}

static void handle(int signal) { (void)signal; }

__attribute__((constructor)) static void at_load(void) {
  pthread_t thread;
  if (HOW == PRINT_AT_LOAD)
    puts("here I am"), fflush(stdout);
  if (HOW == EXIT_AT_LOAD)
    exit(0);
  if (HOW == ABORT_AT_LOAD)
    abort();
  if (HOW == FOLDER_AT_LOAD && chdir("/"))
    abort();
  if (HOW == THREAD_AT_LOAD)
    pthread_create(&thread, NULL, wait_for_ever, NULL);
  if (HOW == HANDLER)
    signal(SIGUSR1, handle);
}

static ZalmStatus create(const ZalmHost *host, ZalmStr params, uint64_t seed, void **out) {
  (void)seed;
  if (HOW == CREATE_CRASH)
    abort();
  if (HOW == CREATE_LOOP)
    for (volatile int i = 0;;) i++;
  char text[256] = {0};
  memcpy(text, params.ptr, params.len < 255 ? params.len : 255);
  if (HOW != ANY_PARAMETERS && !strstr(text, "\"n\":")) {
    host->set_error(host->ctx, 0, ZALM_TEXT("n is missing"));
    return ZALM_ERROR;
  }
  int64_t *n = malloc(sizeof *n);
  const char *found = strstr(text, "\"n\":");
  *n = found ? atoi(found + 4) : 0;
  *out = n;
  return ZALM_OK;
}

static void destroy(void *instance) {
  if (HOW == DESTROY_CRASH)
    abort();
  free(instance);
}

static ZalmStatus claim(const ZalmHost *host, uint64_t row, int64_t cents) {
  struct {
    ZalmCommand header;
    ZalmClaim claim;
  } ask = {{sizeof ask, ZALM_COMMAND_CLAIM, 0, row}, {cents, 12, ZALM_INSTRUMENT_FEE}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

static ZalmStatus spend(const ZalmHost *host, uint64_t row, double share) {
  struct {
    ZalmCommand header;
    ZalmSpend spend;
  } ask = {{sizeof ask, ZALM_COMMAND_SPEND, 0, row}, {share, ZALM_EFFORT_CONTACT, 0}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

static ZalmStatus chatter(const ZalmHost *host, uint64_t row) {
  struct {
    ZalmCommand header;
    ZalmNote note;
    char text[800];
  } say = {{sizeof say, ZALM_COMMAND_NOTE, 0, row}, {800, 0}, {0}};
  memset(say.text, 'a', sizeof say.text);
  return host->submit(host->ctx, (const uint8_t *)&say, sizeof say);
}

static volatile int depth;
static int deeper(int n) {
  volatile char room[4096];
  room[n % 4096] = 1;
  depth++;
  return deeper(n + 1) + room[0];
}

static int64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_nsec % 997 + 1;
}

static ZalmStatus step(void *instance, const ZalmHost *host, const ZalmStep *step) {
  const int64_t n = *(const int64_t *)instance;
  static int times, failed;
  static __thread int here;
  pthread_t thread;
  struct timespec moment = {0, 0};
  if (HOW != NO_COUNT && step->n_columns < 3)
    return ZALM_ERROR;
  if (step->n_rows == 0)
    return ZALM_OK;
  uint64_t row = step->row_ids[0];
  const int64_t *cost = ZALM_COLUMN(step, 0)->data;
  double *own = step->n_columns < 3 ? NULL : ZALM_COLUMN(step, 2)->out;
  switch (HOW) {
  case ABORT: abort();
  case TOO_DEEP: return deeper(0);
  case BAD_WRITE: *(volatile int *)16 = 1; break;
  case LOOP: for (volatile int i = 0;;) i++;
  case EXIT: _exit(0);
  case LIBC_EXIT: exit(0);
  case THREAD_EXIT: pthread_create(&thread, NULL, end_all, NULL); pthread_join(thread, NULL); break;
  case THREAD: pthread_create(&thread, NULL, wait_for_ever, NULL); break;
#if defined(__x86_64__)
  case FLUSH: __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040); break;
#endif
  case CLOCK: return claim(host, row, nanoseconds());
  case PROCESS: return claim(host, row, getpid());
  case ZONE: return claim(host, row, getenv("TZ") ? 2 : 1);
  case HOG: memset(malloc(65536), 1, 65536); break;
  case PRINT: puts("working"), fflush(stdout); break;
  case NOT_A_NUMBER: return spend(host, row, NAN);
  case TOO_MUCH: return claim(host, row, cost[0] * 3);
  case NEGATIVE: return claim(host, row, -1);
  case NOBODY: return claim(host, row + 99, 1);
  case OVERTIME: return spend(host, row, 0.7), spend(host, row, 0.7);
  case CHATTER: return chatter(host, row);
  case WRITE_READ: ((int64_t *)cost)[0] = 1; break;
  case WRITE_BEYOND: own[step->n_rows] = 1.0; break;
  case STATIC: return claim(host, row, ++times);
  case FOLDER: return chdir("/") ? ZALM_ERROR : ZALM_OK;
  case ENVIRONMENT: setenv("ZALM_BAD", "1", 1); break;
  case FILES: open("/dev/null", O_RDONLY); break;
  case BROKEN: return ZALM_FATAL;
  case NO_COUNT: return claim(host, row, own ? 1 : (int64_t)ZALM_COLUMN(step, 2)->len + 1);
  case NO_LOG: host->log(host->ctx, ZALM_LOG_DEBUG, ZALM_TEXT("hello")); break;
  case OWN_NAN: own[0] = NAN; break;
  case EXACT_SIZE: return step->struct_size == sizeof *step ? claim(host, row, 1) : ZALM_ERROR;
  case MINOR_ONLY: return claim(host, row, 1 + host->abi_minor);
  case FEW_ROWS: return step->n_rows <= 64 ? claim(host, row, 1) : ZALM_ERROR;
  case NOT_ROWWISE: return claim(host, row, (int64_t)step->n_rows);
  case HIGHEST_FAILS: return n < 5 ? claim(host, row, 1) : ZALM_ERROR;
  case AFTER_FAILURE: return claim(host, row, 1 + failed) ? failed = 1, ZALM_ERROR : ZALM_OK;
  case THREAD_LOCAL: return claim(host, row, ++here);
  case SLOW:
    moment.tv_nsec = step->n_rows > 1000 ? 400000000 : 0;
    nanosleep(&moment, NULL);
    break;
  case GIGABYTES: {
    char *much = malloc((size_t)8 << 30);
    much[0] = 1;
    free(much);
    break;
  }
  case PANICS: host->set_error(host->ctx, 0, ZALM_TEXT("no row for the alderman")); return ZALM_PANIC;
  case PANIC_FORGOTTEN: return claim(host, row, 1) ? ZALM_PANIC : ZALM_OK;
  case ODD_STATUS: host->set_error(host->ctx, 0, ZALM_TEXT("nobody knows")); return 77;
  case WARNS: host->set_error(host->ctx, 0, ZALM_TEXT("few payers")); return claim(host, row, 1) ? ZALM_ERROR : ZALM_WARNING;
  case KEEPS_COLUMN: {
    static const int64_t *kept;
    const int64_t *then = kept ? kept : cost;
    kept = cost;
    return claim(host, row, then[0]);
  }
  case KEEPS_HOST: {
    static const ZalmHost *kept;
    kept = kept ? kept : host;
    return claim(kept, row, 1);
  }
  case LOCALE: setlocale(LC_ALL, "C.UTF-8"); break;
  case UMASK: umask(0123); break;
  case SUBNORMAL: own[0] = 1e-310; break;
  case AFTER_ERROR:
    if (failed)
      abort();
    return claim(host, row, 1) ? failed = 1, ZALM_ERROR : ZALM_OK;
  case BY_NUMBER:
    for (uint64_t at = 0; at < step->n_rows; at++)
      if ((uint32_t)step->row_ids[at] == 0 && claim(host, step->row_ids[at], 1 + (step->row_ids[at] >> 32)))
        return ZALM_ERROR;
    return ZALM_OK;
  case EVENT_NAN: return zalm_event(host, row, 0, &(double){NAN}, 1);
  case EVENT_UNKNOWN: return zalm_event(host, row, 9, &(double){1}, 1);
  case NEEDS_OPTIONAL: return claim(host, row, 1 + (((const double *)ZALM_COLUMN(step, 1)->data)[0] > 0));
  case FAILS: host->set_error(host->ctx, 0, ZALM_TEXT("no idea")); return ZALM_ERROR;
#if HOW == UNRESOLVED
  case UNRESOLVED: return nobody_defines_this();
#endif
  }
  return claim(host, row, 1);
}

static const ZalmPolicyApi api = {sizeof api, 0, describe, create, destroy, HOW == NO_STEP ? NULL : step};

static const void *get_interface(ZalmStr id) {
  static const char wanted[] = ZALM_POLICY_INTERFACE;
  int same = id.len == sizeof wanted - 1 && memcmp(id.ptr, wanted, sizeof wanted - 1) == 0;
  return HOW != NO_INTERFACE && (same || HOW == ANY_INTERFACE) ? &api : NULL;
}

#if HOW != NO_ENTRY
ZALM_EXPORT const ZalmPluginEntry zalm_plugin_entry_v1 = {
    ZALM_ENTRY_MAGIC ^ (HOW == MAGIC), HOW == SHORT_ENTRY ? 8 : sizeof(ZalmPluginEntry),
    ZALM_ABI_MAJOR + (HOW == ENTRY_VERSION), ZALM_ABI_MINOR, 0, 0, 0,
    ZALM_LAYOUT_HASH + (HOW == LAYOUT), get_interface,
};
#endif
