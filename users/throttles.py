"""How often somebody may try to sign in, to register, to change a page, or to have letters sent."""

from common.throttles import in_turn, throttle, throttle_named

LOGIN = [in_turn(throttle("login"), throttle_named("login_account", "username"))]
REGISTER = [throttle("register")]
CODE = [in_turn(throttle("register"), throttle_named("letters", "email"))]
REFRESH = [throttle("refresh")]
PROFILE = [throttle("profile")]
PASSWORD = [throttle("password")]
RESET = [in_turn(throttle("password"), throttle_named("letters", "email"))]
