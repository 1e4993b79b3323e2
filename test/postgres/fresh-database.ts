import { Client } from 'pg';

let made = 0;

/** The address of a database of its own, without tables, on the server that stands at `url`. */
export async function freshDatabase(url: string): Promise<string> {
  made += 1;
  const name = `plumbline_test_${process.pid}_${Date.now()}_${made}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  return fresh.toString();
}
