"""The verbs about people, their access and their organisations."""

from .agencies import add_agency, approve_domain, change_agency, end_agency, withdraw_domain
from .cover import CannotDeputise, arrange_cover, end_cover
from .details import AddressTaken, change_own_address, change_own_details, change_partnership
from .people import (
    AlreadyHeld,
    ClosedAccount,
    OutsideDomains,
    add_membership,
    approve,
    close_account,
    end_membership,
    invite,
    open_account_again,
    refuse,
    remove_second_factors,
    sign_out_everywhere,
)
from .registration import NotOpenToYou, accept_invitation, ask_for_access

__all__ = [
    "AddressTaken",
    "AlreadyHeld",
    "CannotDeputise",
    "ClosedAccount",
    "NotOpenToYou",
    "OutsideDomains",
    "accept_invitation",
    "add_agency",
    "add_membership",
    "approve",
    "approve_domain",
    "arrange_cover",
    "ask_for_access",
    "change_agency",
    "change_own_address",
    "change_own_details",
    "change_partnership",
    "close_account",
    "end_agency",
    "end_cover",
    "end_membership",
    "invite",
    "open_account_again",
    "refuse",
    "remove_second_factors",
    "sign_out_everywhere",
    "withdraw_domain",
]
