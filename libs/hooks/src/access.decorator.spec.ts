import { expect, test } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { OnlyAdministrators, OnlyUsers } from './access.decorator.js';

@OnlyAdministrators()
class Controller {
  list(): void {}

  @OnlyUsers()
  own(): void {}
}

const rolesOf = (target: Parameters<Reflector['get']>[1]): unknown =>
  new Reflector().get('vidiverse:required-roles', target);

test('a controller says by the metadata of the access guard who may call it, and a method may say otherwise', () => {
  expect(rolesOf(Controller)).toEqual([0]);
  expect(rolesOf(Controller.prototype.own)).toEqual([]);
  expect(rolesOf(Controller.prototype.list)).toBeUndefined();
});
