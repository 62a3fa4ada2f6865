// One Sparkplug B edge node with one device, on npm's sparkplug-client.
// node sparkplug-node.mjs URL GROUP NODE DEVICE
// Says READY when born and BORN AGAIN each time a host asked for it. A line on its input is the device's next temperature;
// "skip" loses one number, as a message that was lost on its way. Killed, it leaves its death to the broker.
import { createInterface } from 'node:readline';
import sparkplug from 'sparkplug-client';

const [serverUrl, groupId, edgeNode, device] = process.argv.slice(2);
const client = sparkplug.newClient({
  serverUrl, groupId, edgeNode, clientId: `${groupId}-${edgeNode}`, version: 'spBv1.0', username: '', password: '',
});
let temperature = -18.25;
let births = 0;
const payload = (...metrics) => ({ timestamp: Date.now(), metrics });
const now = () => ({ name: 'Temperature', type: 'Double', value: temperature });
const bear = () => {
  client.publishNodeBirth(payload({ name: 'Node Control/Rebirth', type: 'Boolean', value: false }));
  client.publishDeviceBirth(device, payload(now(), { name: 'Door/Open', type: 'Boolean', value: false }, { name: 'Counter', type: 'Int32', value: -7 }));
  console.log(births++ === 0 ? 'READY' : 'BORN AGAIN');
};
client.on('birth', bear);
client.on('ncmd', command => {
  if (command.metrics.some(metric => metric.name === 'Node Control/Rebirth' && metric.value)) bear();
});
createInterface({ input: process.stdin }).on('line', line => {
  if (line === 'skip') {
    client.incrementSeqNum();
  } else {
    temperature = Number(line);
    client.publishDeviceData(device, payload(now()));
  }
});
