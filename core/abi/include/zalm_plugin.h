/* zalm plugin contract for C authors. The Rust crate zalm-abi holds the same types; a test compares
 * sizes and offsets. Version 1 is frozen: what stands here stays, new things come behind.
 *
 * A strategy library holds
 *   1. the manifest: a section ".zalm" (Mach-O "__DATA,__zalm") with ZALM_MANIFEST_MAGIC, one line
 *      of JSON and a line feed:
 *        {"id":"my-idea","version":"0.1.0","abi":[1,0],"min_host_minor":0,
 *         "entry":"zalm_plugin_entry_v1","sdk":"c","rustc":"","target":"","profile":"",
 *         "capabilities":["policy"]}
 *   2. one exported data symbol of type ZalmPluginEntry, named in the manifest's "entry".
 *
 * Rules: 64-bit little-endian; reserved fields and flags are 0; struct_size is written by the side
 * that owns the struct; use ZALM_HAS before reading a field that was added later.
 * This is native code with the rights of the user who runs it.
 */
#ifndef ZALM_PLUGIN_H
#define ZALM_PLUGIN_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ZALM_ABI_MAJOR 1
#define ZALM_ABI_MINOR 0
#define ZALM_SECTION ".zalm"
#define ZALM_MANIFEST_MAGIC "ZALMMF01"
#define ZALM_ENTRY_MAGIC UINT64_C(0x47554c504d4c415a) /* "ZALMPLUG" */
#define ZALM_LAYOUT_HASH UINT64_C(0x36f4f55c285db757)
#define ZALM_POLICY_INTERFACE "zalm.policy/1"

/* Whether the struct behind p is large enough to hold field f of type T. */
#define ZALM_HAS(p, T, f) ((p)->struct_size >= offsetof(T, f) + sizeof(((T *)0)->f))

/* How a call ended; anything else counts as fatal. */
typedef int32_t ZalmStatus;
#define ZALM_OK 0      /* outputs are valid */
#define ZALM_WARNING 1 /* outputs are valid, something is to be noted */
#define ZALM_DISCARD 2 /* nothing was done, the instance is as before */
#define ZALM_ERROR 3   /* the call failed, the instance is to be dropped */
#define ZALM_FATAL 4   /* the library is broken */
#define ZALM_PANIC 5   /* a panic was caught, the instance can only be destroyed */

/* Column types and flags. */
#define ZALM_COLUMN_F64 1
#define ZALM_COLUMN_I64 2
#define ZALM_COLUMN_I32 3
#define ZALM_COLUMN_U32 4
#define ZALM_COLUMN_U8 5
#define ZALM_COLUMN_ID64 6
#define ZALM_COLUMN_FLAG_WRITE 1
#define ZALM_COLUMN_FLAG_ABSENT 2

#define ZALM_PHASE_MONTH 1

#define ZALM_LOG_DEBUG 0
#define ZALM_LOG_INFO 1
#define ZALM_LOG_WARNING 2
#define ZALM_LOG_ERROR 3

#define ZALM_FORM_TEMPORARY 0
#define ZALM_FORM_EMBEDDED 1
#define ZALM_FORM_JOINT 2
#define ZALM_FORM_STAKEHOLDER 3
#define ZALM_FORM_ENTERPRISE 4
#define ZALM_FORM_ENDED 5

#define ZALM_INSTRUMENT_TEMPORARY_GRANT 0
#define ZALM_INSTRUMENT_STRUCTURAL_SUBSIDY 1
#define ZALM_INSTRUMENT_SECONDED_STAFF 2
#define ZALM_INSTRUMENT_STANDING_CONTRIBUTION 3
#define ZALM_INSTRUMENT_FEE 4
#define ZALM_INSTRUMENT_WAGE_SUPPORT 5
#define ZALM_INSTRUMENT_FUND_PARTNERSHIP 6
#define ZALM_INSTRUMENT_GIFT 7
#define ZALM_INSTRUMENT_APPRECIATION 8
#define ZALM_INSTRUMENT_TENDER 9
#define ZALM_INSTRUMENT_BASE_FUNDING 10
#define ZALM_INSTRUMENT_LOAN 11
#define ZALM_INSTRUMENT_CROWDFUNDING 12
#define ZALM_INSTRUMENT_INVESTOR 13
#define ZALM_INSTRUMENT_BUSINESS_IN_KIND 14
#define ZALM_INSTRUMENT_SOCIAL_RETURN 15

#define ZALM_EFFORT_CONTACT 0
#define ZALM_EFFORT_MEASUREMENT 1
#define ZALM_EFFORT_SALES 2

#define ZALM_EVIDENCE_COUNTS 0
#define ZALM_EVIDENCE_BASELINE 1
#define ZALM_EVIDENCE_OUTCOME 2
#define ZALM_EVIDENCE_COST_BENEFIT 3

#define ZALM_PAYER_MUNICIPAL 0
#define ZALM_PAYER_STATE 1
#define ZALM_PAYER_INSURER 2
#define ZALM_PAYER_CORPORATION 3
#define ZALM_PAYER_FUND 4
#define ZALM_PAYER_MARKET 5

#define ZALM_NO_END 9999 /* month columns: no end in sight, or never */

/* UTF-8, no closing NUL; valid for the call in which it is passed. */
typedef struct {
  const uint8_t *ptr;
  uint64_t len;
} ZalmStr;

/* Frozen for ever, 40 bytes. */
typedef struct {
  uint64_t magic;
  uint32_t struct_size;
  uint16_t abi_major, abi_minor, min_host_minor, flags;
  uint32_t reserved;
  uint64_t layout_hash;
  const void *(*get_interface)(ZalmStr id);
} ZalmPluginEntry;

typedef struct {
  uint32_t struct_size;
  uint16_t kind, flags;
  uint32_t elem_size, column_index;
  const void *data; /* values at the start of the step; NULL when absent */
  void *out;        /* NULL, or scratch filled with the same values */
  uint64_t len;
  int64_t stride; /* bytes */
} ZalmColumn;

/* Services of the host; valid during the call, on the calling thread. */
typedef struct {
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  void *ctx;
  void (*log)(void *ctx, int32_t level, ZalmStr text);
  void (*set_error)(void *ctx, int32_t code, ZalmStr text);
  ZalmStatus (*rng_fill_u64)(void *ctx, uint32_t stream, uint32_t draw, const uint64_t *ids,
                             uint64_t n, uint64_t *out);
  /* adds finite values to a metric, by its place in the description */
  ZalmStatus (*metric_add)(void *ctx, uint32_t metric, const double *values, uint64_t n);
  ZalmStatus (*submit)(void *ctx, const uint8_t *commands, uint64_t bytes);
  const void *(*get_extension)(void *ctx, ZalmStr id); /* NULL, or gives NULL, in 1.0 */
} ZalmHost;

typedef struct {
  uint32_t struct_size, phase;
  int64_t tick;                /* month index */
  int32_t year, month_of_year; /* calendar; 1..12 */
  uint64_t n_rows;
  const uint64_t *row_ids; /* strictly ascending; project << 32 | payer */
  const ZalmColumn *columns; /* as declared, then the strategy's own, written through `out` */
  uint64_t n_columns;
  const volatile uint32_t *cancel; /* NULL, or 1 when the step is no longer wanted */
} ZalmStep;

/* An instance holds nothing but what it was made of: what is to last from month to month lies in the
 * strategy's own columns ("own" in the description), which the host keeps. */
typedef struct {
  uint32_t struct_size, reserved;
  ZalmStr (*describe)(void);
  ZalmStatus (*create)(const ZalmHost *host, ZalmStr params_json, uint64_t run_seed, void **out);
  void (*destroy)(void *instance);
  ZalmStatus (*step)(void *instance, const ZalmHost *host, const ZalmStep *step);
} ZalmPolicyApi;

/* Commands: header, payload; size counts both and is a multiple of 8. */
typedef struct {
  uint32_t size;
  uint16_t kind, flags;
  uint64_t target; /* row id */
} ZalmCommand;

#define ZALM_COMMAND_CLAIM 1
#define ZALM_COMMAND_PLAN 2
#define ZALM_COMMAND_SPEND 3
#define ZALM_COMMAND_NOTE 4  /* then the text, then zeros */
#define ZALM_COMMAND_EVENT 5 /* then the values, doubles */

#define ZALM_COMMAND_FLAG_CLOSES 1 /* a claim to be paid from old capacity that the payer closes */

typedef struct {
  int64_t cents_per_month; /* more than 0 */
  uint32_t months;         /* 0 = until it is ended */
  uint32_t instrument;
} ZalmClaim;

typedef struct {
  uint32_t form, reserved;
} ZalmPlan;

typedef struct {
  double share; /* of the leader's month, 0..1 */
  uint32_t effort, reserved;
} ZalmSpend;

typedef struct {
  uint32_t len, reserved;
} ZalmNote;

/* An event of the strategy's own, by its place in the description's "events": a finite double for
 * each of its fields follows. */
typedef struct {
  uint32_t event, len;
} ZalmEvent;

/* What most libraries in C need. */

#define ZALM_TEXT(literal) ((ZalmStr){(const uint8_t *)(literal), sizeof(literal) - 1})

/* Column `at` of a step, in the order that the plugin declared. */
#define ZALM_COLUMN(step, at)                                                                      \
  ((const ZalmColumn *)((const uint8_t *)(step)->columns +                                         \
                        (size_t)(at) * (step)->columns[0].struct_size))

/* Value of a column in a row. */
static inline int64_t zalm_i64(const ZalmStep *step, size_t column, uint64_t row) {
  return ((const int64_t *)ZALM_COLUMN(step, column)->data)[row];
}

static inline double zalm_f64(const ZalmStep *step, size_t column, uint64_t row) {
  return ((const double *)ZALM_COLUMN(step, column)->data)[row];
}

/* Finds a number, or true or false as 1 or 0, in the parameters; 0 when it is not there. */
static inline int zalm_parameter(ZalmStr json, const char *name, double *value) {
  size_t length = strlen(name);
  for (uint64_t at = 0; at + length + 3 <= json.len; at++) {
    const uint8_t *key = json.ptr + at;
    if (key[0] != '"' || memcmp(key + 1, name, length) || memcmp(key + 1 + length, "\":", 2))
      continue;
    char text[40] = {0};
    uint64_t left = json.len - at - length - 3;
    memcpy(text, key + length + 3, left < sizeof text ? (size_t)left : sizeof text - 1);
    *value = text[0] == 't' ? 1.0 : text[0] == 'f' ? 0.0 : strtod(text, NULL);
    return 1;
  }
  return 0;
}

/* The commands; 0 months = until it is ended. */
static inline ZalmStatus zalm_plan(const ZalmHost *host, uint64_t row, uint32_t form) {
  struct {
    ZalmCommand header;
    ZalmPlan plan;
  } ask = {{sizeof ask, ZALM_COMMAND_PLAN, 0, row}, {form, 0}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

static inline ZalmStatus zalm_spend(const ZalmHost *host, uint64_t row, uint32_t effort,
                                    double share) {
  struct {
    ZalmCommand header;
    ZalmSpend spend;
  } ask = {{sizeof ask, ZALM_COMMAND_SPEND, 0, row}, {share, effort, 0}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

static inline ZalmStatus zalm_claim(const ZalmHost *host, uint64_t row, uint32_t instrument,
                                    int64_t cents_per_month, uint32_t months) {
  struct {
    ZalmCommand header;
    ZalmClaim claim;
  } ask = {{sizeof ask, ZALM_COMMAND_CLAIM, 0, row}, {cents_per_month, months, instrument}};
  return host->submit(host->ctx, (const uint8_t *)&ask, sizeof ask);
}

/* An event of the strategy's own, by its place in the description; n values, all finite. */
static inline ZalmStatus zalm_event(const ZalmHost *host, uint64_t row, uint32_t event,
                                    const double *values, uint32_t n) {
  struct {
    ZalmCommand header;
    ZalmEvent event;
  } tell = {{(uint32_t)(sizeof tell + n * sizeof *values), ZALM_COMMAND_EVENT, 0, row}, {event, n}};
  ZalmStatus status = host->submit(host->ctx, (const uint8_t *)&tell, sizeof tell);
  return status ? status
                : host->submit(host->ctx, (const uint8_t *)values, n * (uint64_t)sizeof *values);
}

/* Splits cents (not negative) over n weights (not negative, finite): whole parts that sum to cents,
 * equal ones when all weights are 0. What rounding leaves goes to the largest rests, the first of
 * equals first. */
static inline void zalm_split(const double *weights, uint64_t n, int64_t cents, int64_t *parts) {
  double total = 0.0;
  for (uint64_t i = 0; i < n; i++)
    total += weights[i];
#define ZALM_EXACT_(i) ((total > 0.0 ? weights[i] / total : 1.0 / (double)n) * (double)cents)
  int64_t left = cents;
  for (uint64_t i = 0; i < n; i++)
    left -= parts[i] = (int64_t)ZALM_EXACT_(i);
  for (; n > 0 && left > 0; left--) {
    uint64_t most = n;
    double rest = -1.0;
    for (uint64_t i = 0; i < n; i++)
      if ((double)parts[i] <= ZALM_EXACT_(i) && ZALM_EXACT_(i) - (double)parts[i] > rest) {
        most = i;
        rest = ZALM_EXACT_(i) - (double)parts[i];
      }
    if (most == n)
      return;
    parts[most]++;
  }
#undef ZALM_EXACT_
}

#define ZALM_EXPORT __attribute__((visibility("default")))
#if defined(__APPLE__)
#define ZALM_IN_SECTION __attribute__((used, section("__DATA,__zalm")))
#else
#define ZALM_IN_SECTION __attribute__((used, section(ZALM_SECTION)))
#endif
#define ZALM_DIGITS_(number) #number
#define ZALM_DIGITS(number) ZALM_DIGITS_(number)

/* The manifest, from two literals. */
#define ZALM_MANIFEST(id, version)                                                                 \
  ZALM_IN_SECTION static const char zalm_manifest[] =                                              \
      ZALM_MANIFEST_MAGIC "{\"id\":\"" id "\",\"version\":\"" version "\",\"abi\":["                 \
      ZALM_DIGITS(ZALM_ABI_MAJOR) "," ZALM_DIGITS(ZALM_ABI_MINOR) "],\"min_host_minor\":0,"        \
      "\"entry\":\"zalm_plugin_entry_v1\",\"sdk\":\"c\",\"capabilities\":[\"policy\"]}\n"

/* The function table and the exported entry; once per library. */
#define ZALM_STRATEGY(describe_, create_, destroy_, step_)                                         \
  static const ZalmPolicyApi zalm_api = {sizeof zalm_api, 0, describe_, create_, destroy_, step_}; \
  static const void *zalm_get_interface(ZalmStr id) {                                              \
    static const char wanted[] = ZALM_POLICY_INTERFACE;                                            \
    if (id.len != sizeof wanted - 1)                                                               \
      return NULL;                                                                                 \
    for (size_t i = 0; i < sizeof wanted - 1; i++)                                                 \
      if (id.ptr[i] != (uint8_t)wanted[i])                                                         \
        return NULL;                                                                               \
    return &zalm_api;                                                                              \
  }                                                                                                \
  ZALM_EXPORT const ZalmPluginEntry zalm_plugin_entry_v1 = {                                       \
      ZALM_ENTRY_MAGIC, sizeof(ZalmPluginEntry), ZALM_ABI_MAJOR, ZALM_ABI_MINOR, 0, 0, 0,          \
      ZALM_LAYOUT_HASH, zalm_get_interface}

#ifdef __cplusplus
}
#endif
#endif
