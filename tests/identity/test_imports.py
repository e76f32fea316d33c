"""Identity costs nothing when the app is indexed, and every refusal has its sentence."""

from __future__ import annotations

import subprocess
import sys

from shared.identity.errors import Reason, TokenRejected

HEAVY = ("jwt", "cryptography", "httpx2", "pydantic", "azure", "openai")


def imported_after(statements: str) -> set[str]:
    code = f"{statements}\nimport sys\nprint(*(n for n in {HEAVY!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_and_making_a_verifier_imports_nothing_heavy() -> None:
    assert (
        imported_after(
            "from shared.identity.settings import IdentitySettings\n"
            "from shared.identity.verifier import TokenVerifier\n"
            "TokenVerifier(IdentitySettings(issuer='https://i.example', audiences=frozenset('a')))"
        )
        == set()
    )


def test_warming_up_imports_what_verification_needs() -> None:
    imported = imported_after("from shared.identity.warming import warm_up\nwarm_up()")
    assert imported >= {"jwt", "cryptography", "httpx2"}


def test_warming_up_reads_the_trusted_certificates() -> None:
    code = (
        "from shared.identity.warming import warm_up\nfrom shared.tls import trust\n"
        "warm_up()\nprint(trust.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_every_reason_has_its_own_sentence_that_fits_a_header() -> None:
    sentences = [TokenRejected(reason).sentence for reason in Reason]
    assert len(set(sentences)) == len(Reason)
    for sentence in sentences:
        assert sentence.isascii()
        assert sentence.isprintable()
        assert not set('"\\') & set(sentence)
