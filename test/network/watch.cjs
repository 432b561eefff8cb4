// Loaded before a command: writes down whatever asks for a network, also in threads. AF_UNIX is none.
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const dns = require("node:dns");
const dgram = require("node:dgram");

const seen = (what) => appendFileSync(process.env.NETWORK_SEEN, `${what}\n`);
function watch(owner, name) {
	const own = owner[name];
	owner[name] = function (...given) {
		if (typeof given[0] !== "object" || given[0]?.path === undefined) seen(name);
		return own.apply(this, given);
	};
}
watch(net.Socket.prototype, "connect");
watch(net.Server.prototype, "listen");
watch(dgram, "createSocket");
for (const name of ["lookup", "resolve", "resolve4"]) watch(dns, name);
