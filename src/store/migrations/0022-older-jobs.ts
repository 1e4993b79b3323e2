/** A request as JSON of which Postgres can read every member, where no text that it holds matters: of NUL, written as an escape, it can read none. */
const readable = String.raw`replace(replace(request, '\\', '//'), '\u', '/u')::json`;

/** With the same key, which stands in its column as JSON writes it. */
function requestOf(kind: string, payload: string): string {
  return `'{"key":"' || jobs.key || '","kind":"${kind}","payload":' || json_build_object(${payload})::text || '}'`;
}

/**
 * Jobs that wait as an older version asked for them. Whoever's place changed was told by a login alone, which may be another one's by now: all that
 * asked for people is judged again. A pull request of a remediation was told by its number: the branch that is named in its place leads to
 * the same remediation, and to none where no record knows the number, as before.
 */
export const olderJobs: readonly string[] = [
  `with older as materialized (select key, ${readable} -> 'payload' as payload from jobs where key like 'rejudge-person:%')
    update jobs set request = ${requestOf('rejudge-people', `'account', older.payload -> 'account', 'repository', older.payload -> 'repository'`)}
    from older where jobs.key = older.key and (older.payload -> 'id') is null`,
  `with older as materialized (
      select key, ${readable} -> 'payload' as payload from jobs where key like 'follow-remediation:%'
    ), followed as (
      select older.key, older.payload -> 'repository' as repository, coalesce((
        select min(fingerprint) from remediation_pulls
        where repository_id::text = (older.payload -> 'repository' -> 'id')::text and number::text = (older.payload -> 'number')::text
      ), 'sha256:0000000000000000') as fingerprint
      from older where (older.payload -> 'branch') is null
    )
    update jobs set request = ${requestOf('follow-remediation', `'repository', followed.repository, 'branch', 'plumbline/followed/' || substr(followed.fingerprint, 8, 16) || '-g1'`)}
    from followed where jobs.key = followed.key`,
];
