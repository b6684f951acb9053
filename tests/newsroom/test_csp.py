"""What one answer may do beyond the site's policy."""

from django.http import HttpResponse

from newsroom import csp


def policy_of(response):
    return {name: values for name, *values in map(str.split, response["Content-Security-Policy"].split(";"))}


def test_one_answer_is_widened_and_the_site_is_not(settings):
    before = {name: list(values) for name, values in settings.SECURE_CSP.items()}
    response = HttpResponse()
    csp.allow(response, frame_ancestors=["'self'"], script_src=["'sha256-x'"])
    policy = policy_of(response)
    assert policy["frame-ancestors"] == ["'self'"]  # 'none' can't stand beside another source
    assert policy["script-src"] == ["'self'", "'sha256-x'"]
    assert policy["object-src"] == ["'none'"]
    assert before == settings.SECURE_CSP


def test_a_second_widening_keeps_the_first():
    response = HttpResponse()
    csp.allow(response, script_src=["'sha256-x'"])
    csp.allow(response, frame_src=["https://player.example"])
    policy = policy_of(response)
    assert policy["script-src"] == ["'self'", "'sha256-x'"]
    assert policy["frame-src"] == ["'self'", "https://player.example"]
    csp.allow(response, script_src=["'sha256-y'", "'sha256-x'"])
    assert policy_of(response)["script-src"] == ["'self'", "'sha256-x'", "'sha256-y'"]
