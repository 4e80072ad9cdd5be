// powerMonitor and powerSaveBlocker: there to be listened to and called; nothing tells the host of sleep and wake.
import { EventEmitter } from 'node:events';
import { notAvailable } from '../host-log.ts';

class PowerMonitor extends EventEmitter {
  readonly onBatteryPower = false;

  getSystemIdleTime(): number {
    notAvailable('powerMonitor.getSystemIdleTime', 'the system counts as in use');
    return 0;
  }

  getSystemIdleState(): 'unknown' {
    notAvailable('powerMonitor.getSystemIdleState', "it is 'unknown'");
    return 'unknown';
  }

  isOnBatteryPower = (): boolean => false;
  getCurrentThermalState = (): 'unknown' => 'unknown';
}

export const powerMonitor = new PowerMonitor();

const blocking = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = {
  start(): number {
    notAvailable('powerSaveBlocker', 'the system may go to sleep');
    blocking.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blocking.delete(id),
  isStarted: (id: number): boolean => blocking.has(id),
};
