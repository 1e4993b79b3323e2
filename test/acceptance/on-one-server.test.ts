// A server, a GitHub and the look at both in the end cost more than most suites: these share them, each with repositories of
// its own. The last one stops the server.
for (const suite of ['verdicts', 'schemas', 'mending', 'commands', 'approvals', 'pull-requests', 'landed-changes']) await import(`./on-one-server/${suite}.ts`);
