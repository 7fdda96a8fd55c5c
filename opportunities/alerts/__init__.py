"""Alerts by e-mail: asked for and confirmed without an account, mailed once, stopped from any mail.

views · sending ─▶ signing_up · emails · upkeep ─▶ digest ─▶ matching · criteria · tokens · limits
"""
