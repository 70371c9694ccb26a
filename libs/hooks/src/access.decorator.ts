import { SetMetadata } from '@nestjs/common';

/** Metadata that the server's access guard reads. A name and no symbol: a plugin may bring a copy of this library. */
const REQUIRED_ROLES = 'vidiverse:required-roles';

/** The server's number for administrators, as in PeerTube's API. */
const ADMINISTRATOR = 0;

/** For a controller of a plugin or one of its methods: only who is logged in. Others get 401. */
export const OnlyUsers = () => SetMetadata<string, number[]>(REQUIRED_ROLES, []);

/** For a controller of a plugin or one of its methods: only administrators. Visitors get 401, other users 403. */
export const OnlyAdministrators = () => SetMetadata<string, number[]>(REQUIRED_ROLES, [ADMINISTRATOR]);
