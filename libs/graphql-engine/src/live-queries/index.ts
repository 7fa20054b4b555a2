/**
 * # Live queries: how an answer stays true
 *
 * A subscriber asks a query once and wants every new answer from then on. Three questions decide whether that can be
 * had for ten thousand people on one small machine: what has to be asked again, when, and for whom.
 *
 * ## For whom: cohorts
 *
 * Subscribers whose answers cannot differ form a *cohort*, and a cohort is asked once, however many watch it. Their
 * answers cannot differ when they have the same statements, the same values in every hole (variables and session
 * variables of permissions alike), the same role, and the same value of every context key that row level security can
 * read for the tables in question. Which keys those are is not assumed but read from the catalogue (`exposure.ts`): the
 * family always is one; the person is one unless it is proven that no policy of the query's tables, nor of a table
 * that such a policy consults, reads the person. What cannot be proven counts as read. One key too many costs a
 * cohort; one too few would show somebody another person's rows.
 *
 * Hasura asks for all cohorts in one statement, with an unnested array of session variables and a lateral join. Under
 * row level security that leaks: a policy's subquery is evaluated once for the whole statement, so every cohort gets
 * the first one's rows. Here each cohort is a group of its own with its own context (see the kernel's pipeline), and
 * a hundred groups travel in one write. Measured, that costs Postgres no more than true multiplexing did, and it uses
 * the very statement that an ordinary query uses.
 *
 * ## When: change marks
 *
 * Statement triggers tell of every change by `NOTIFY` when the transaction commits: which table, and which family
 * where the table has one. A mark makes those cohorts *dirty* that read the table and could see that family. Nothing
 * runs while nothing changes. Marks that arrive while a cohort is being asked make it dirty once more, so the last
 * answer is never older than the last mark; marks that arrive together are answered together.
 *
 * The triggers are the migrations' in our own database; elsewhere the engine makes them for tables that somebody
 * watches, if it may (`triggers.ts`). A cohort that reads something without trigger, or whose reading cannot be known
 * (a function), is asked at the polling interval instead. When the listening connection was lost, everything is dirty.
 *
 * ## What: compare and send
 *
 * Postgres makes the JSON; the answer is a Buffer that is compared with the last one byte by byte. Only when it differs
 * is it sent, and then the same Buffer goes to every subscriber: the sockets write a small header around shared
 * bytes. A subscriber that reads slowly is told the newest answer when it is ready again, not all it has missed.
 *
 * Streams (`*_stream`) belong to one subscriber each, because each has its own cursor; they are woken by the same marks,
 * travel in the same writes, and equal ones in a write are asked once. A batch is never dropped: a slow reader's
 * stream waits.
 *
 * When the model changes, every subscription is planned anew; one that is no longer allowed ends with the error that
 * a query would get.
 */
export { LiveQueries, type LiveOptions, type Outlet } from './live-queries';
export { ChangeFeed, CHANGES } from './change-feed';
