/* The project carousel in C: the twin of plugins/carousel, which explains it. A test builds it with
 * the system's compiler and holds its results against those of the twin. */
#include "zalm_plugin.h"

ZALM_MANIFEST("carousel-c", "0.1.0");

/* The columns, in the order in which they are declared below. */
enum {
  MONTHS_LEFT,
  COST,
  COMMITTED,
  PLAN,
  KIND,
  OPEN,
  NOVELTY,
  OPENNESS,
  PENDING,
  REFUSED,
  N_COLUMNS
};

#define PARAMETER(name, type, unit, value, min, max, doc)                                          \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"unit\":\"" unit "\",\"default\":" value             \
  ",\"min\":" min ",\"max\":" max ",\"doc\":\"" doc "\"}"
#define COLUMN(name, type, unit) "{\"name\":\"" name "\",\"type\":\"" type "\",\"unit\":\"" unit "\"}"

static ZalmStr describe(void) {
  return ZALM_TEXT(
      "{\"id\":\"carousel-c\",\"version\":\"0.1.0\","
      "\"name\":{\"en\":\"More of the same, in C\",\"nl\":\"Meer van hetzelfde, in C\"},"
      "\"doc\":\"Does in C what the carousel does.\",\"role\":\"form\",\"parameters\":["
      PARAMETER("before", "i64", "month", "12", "1", "60",
                "Months before the end of the running money in which a new pot is sought.") ","
      PARAMETER("pots", "i64", "payers", "3", "1", "10",
                "Pots that are asked at the same time, each for an equal part.") ","
      PARAMETER("months", "i64", "month", "36", "1", "120",
                "Length of the temporary grant that is asked.") ","
      PARAMETER("retry", "i64", "month", "12", "1", "120",
                "Months after which a payer that refused is asked again.") ","
      PARAMETER("contact", "f64", "share", "0.3", "0.0", "1.0",
                "Leader time for contact with the payers that are asked, together.")
      "],\"columns\":["
      COLUMN("project.months_left", "i64", "month") ","
      COLUMN("project.cost", "i64", "cent/month") ","
      COLUMN("project.committed", "i64", "cent/month") ","
      COLUMN("project.plan", "i64", "code") ","
      COLUMN("payer.kind", "i64", "code") ","
      COLUMN("payer.open", "i64", "0 or 1") ","
      COLUMN("payer.novelty", "f64", "share") ","
      COLUMN("payer.openness", "f64", "share") ","
      COLUMN("payer.pending", "i64", "cent/month") ","
      COLUMN("payer.refused", "i64", "month")
      "],\"phases\":[\"month\"],\"capabilities\":[\"claim\",\"plan\",\"spend\"]}");
}

typedef struct {
  double before, pots, months, retry, contact;
} Carousel;

static ZalmStatus create(const ZalmHost *host, ZalmStr params, uint64_t seed, void **out) {
  (void)seed;
  Carousel *made = malloc(sizeof *made);
  if (!made || !zalm_parameter(params, "before", &made->before) ||
      !zalm_parameter(params, "pots", &made->pots) ||
      !zalm_parameter(params, "months", &made->months) ||
      !zalm_parameter(params, "retry", &made->retry) ||
      !zalm_parameter(params, "contact", &made->contact)) {
    free(made);
    return host->set_error(host->ctx, 0, ZALM_TEXT("cannot read its parameters")), ZALM_ERROR;
  }
  *out = made;
  return ZALM_OK;
}

static void destroy(void *instance) { free(instance); }

/* Funds, the State and municipal departments give temporary grants. */
static int gives_temporary_money(const ZalmStep *step, uint64_t row) {
  int64_t kind = zalm_i64(step, KIND, row);
  return kind == ZALM_PAYER_FUND || kind == ZALM_PAYER_STATE || kind == ZALM_PAYER_MUNICIPAL;
}

/* A payer of temporary money that considers claims and has not lately refused. */
static int is_next(const Carousel *carousel, const ZalmStep *step, uint64_t row) {
  return gives_temporary_money(step, row) && zalm_i64(step, OPEN, row) == 1 &&
         zalm_i64(step, PENDING, row) == 0 &&
         (double)zalm_i64(step, REFUSED, row) >= carousel->retry;
}

/* Whether the payer of row a is asked before that of row b: first those that like new things. */
static int comes_before(const ZalmStep *step, uint64_t a, uint64_t b) {
  double novelty_a = zalm_f64(step, NOVELTY, a), novelty_b = zalm_f64(step, NOVELTY, b);
  return novelty_a > novelty_b ||
         (novelty_a == novelty_b && zalm_f64(step, OPENNESS, a) > zalm_f64(step, OPENNESS, b));
}

/* Room for the payers of a project: those who are courted, first those who are asked already. */
typedef struct {
  uint64_t *rows;
  double *weights;
  int64_t *parts;
} Room;

/* One project, rows first..end: what is neither promised nor asked is asked from the next pots. */
static ZalmStatus turn(const Carousel *carousel, const ZalmHost *host, const ZalmStep *step,
                       uint64_t first, uint64_t end, Room room) {
  ZalmStatus status = ZALM_OK;
  if (zalm_i64(step, PLAN, first) != ZALM_FORM_TEMPORARY)
    status = zalm_plan(host, step->row_ids[first], ZALM_FORM_TEMPORARY);
  if (status != ZALM_OK || (double)zalm_i64(step, MONTHS_LEFT, first) > carousel->before)
    return status;
  uint64_t asked = 0;
  int64_t gap = zalm_i64(step, COST, first) - zalm_i64(step, COMMITTED, first);
  for (uint64_t row = first; row < end; row++) {
    gap -= zalm_i64(step, PENDING, row);
    if (zalm_i64(step, PENDING, row) > 0)
      room.rows[asked++] = row;
  }
  uint64_t all = asked;
  for (uint64_t row = first; row < end && gap > 0; row++) {
    if (!is_next(carousel, step, row))
      continue;
    uint64_t at = all++;
    for (; at > asked && comes_before(step, row, room.rows[at - 1]); at--)
      room.rows[at] = room.rows[at - 1];
    room.rows[at] = row;
  }
  uint64_t most = (uint64_t)carousel->pots > asked ? (uint64_t)carousel->pots : asked;
  if (all > most)
    all = most;
  for (uint64_t i = asked; i < all; i++)
    room.weights[i - asked] = 1.0;
  zalm_split(room.weights, all - asked, gap > 0 ? gap : 0, room.parts);
  for (uint64_t i = asked; i < all && status == ZALM_OK; i++)
    if (room.parts[i - asked] > 0)
      status = zalm_claim(host, step->row_ids[room.rows[i]], ZALM_INSTRUMENT_TEMPORARY_GRANT,
                          room.parts[i - asked], (uint32_t)carousel->months);
  for (uint64_t i = 0; i < all && status == ZALM_OK; i++)
    status = zalm_spend(host, step->row_ids[room.rows[i]], ZALM_EFFORT_CONTACT,
                        carousel->contact / (double)all);
  return status;
}

static ZalmStatus step_once(void *instance, const ZalmHost *host, const ZalmStep *step) {
  if (step->n_columns < N_COLUMNS)
    return ZALM_ERROR;
  size_t rows = (size_t)step->n_rows + 1;
  Room room = {malloc(rows * 8), malloc(rows * 8), malloc(rows * 8)};
  ZalmStatus status = room.rows && room.weights && room.parts ? ZALM_OK : ZALM_ERROR;
  for (uint64_t first = 0, end; first < step->n_rows && status == ZALM_OK; first = end) {
    for (end = first; end < step->n_rows && step->row_ids[end] >> 32 == step->row_ids[first] >> 32;)
      end++;
    status = turn(instance, host, step, first, end, room);
  }
  free(room.rows);
  free(room.weights);
  free(room.parts);
  return status;
}

ZALM_STRATEGY(describe, create, destroy, step_once);
