// One client of npm's mqtt against a broker, told by its arguments what to do; the exit code says how it went.
// node mqtt-client.mjs URL CLIENT ACTION TOPIC [TEXT] [--user U --password P] [--ca FILE] [--v311]
//   pub    publishes TEXT at QoS 1 and ends with 0 once it is acknowledged
//   sub    says READY when subscribed, then prints each message as "topic text", and ends after the first
// A refusal is printed as REFUSED with its reason, exit code 3.
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const words = process.argv.slice(2);
const option = name => { const at = words.indexOf(name); return at < 0 ? undefined : words.splice(at, 2)[1]; };
const flag = name => { const at = words.indexOf(name); return at >= 0 && words.splice(at, 1).length > 0; };
const [user, password, ca, v311] = [option('--user'), option('--password'), option('--ca'), flag('--v311')];
const [url, clientId, action, topic, text] = words;

const end = (code, line) => { if (line) console.log(line); client.end(true, () => process.exit(code)); };
const refused = why => end(3, `REFUSED ${why}`);
const client = mqtt.connect(url, {
  clientId, username: user, password, protocolVersion: v311 ? 4 : 5, reconnectPeriod: 0, clean: true,
  ca: ca && readFileSync(ca),
});
client.on('error', error => refused(error.message));
client.on('connect', () => {
  if (action === 'pub') {
    client.publish(topic, text, { qos: 1 }, error => error ? refused(error.message) : end(0, 'PUBLISHED'));
  } else {
    client.subscribe(topic, { qos: 1 }, (error, granted) =>
      error || granted.some(one => one.qos >= 128) ? refused(error?.message ?? 'subscription') : console.log('READY'));
  }
});
client.on('message', (heard, payload) => end(0, `${heard} ${payload}`));
