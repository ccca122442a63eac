"""A message is sent at most once, whatever happens to who sends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection

from vafa.customers.tests.make import sara
from vafa.kit.clock import now, real_now
from vafa.kit.problems import Problem
from vafa.messages import actions
from vafa.messages.models import Attempt, Message
from vafa.messages.tests.make import letting_go, mail_gateway, news

pytestmark = pytest.mark.django_db(transaction=True)
DELIVER = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vafa.config.settings")
import django; django.setup()
from vafa.messages import actions
actions.deliver(sys.argv[1])
"""


def own_program(server):
    actions.add_gateway("own", "own", {"address": server.address})


def killed_while_sending(message, server, environment):
    """Another process delivers the message and is killed with -9 when the gateway has it, before it is answered."""
    server.late = True
    process = subprocess.Popen([sys.executable, "-c", DELIVER, str(message.public_id)], env=environment)
    deadline = threading.Event()
    while not server.requests:
        assert process.poll() is None
        deadline.wait(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    server.late = False
    server.answer_now.set()


@pytest.fixture
def gateway_server_of_sms_ir(gateway_server):
    gateway_server.answers = [(200, {"status": 1, "data": {"packId": "p"}})]
    actions.add_gateway("smsir", "SMS", {"api_key": "k-secret", "line": "3000", "host": gateway_server.address})
    return gateway_server


def test_killed_between_sending_and_recording_it_is_in_doubt_and_only_a_person_decides(
    gateway_server_of_sms_ir, process_environment
):
    server = gateway_server_of_sms_ir
    sara(contacts=(("sms", "09120000001"),)), letting_go()
    message = news()
    killed_while_sending(message, server, process_environment)
    assert Message.objects.get().state == "sending"
    assert actions.deliver(message.public_id) == "sending"  # nobody takes it up blindly
    actions.sweep(real_at=real_now() + timedelta(minutes=6))
    message.refresh_from_db()
    assert (message.state, message.reason) == ("uncertain", "interrupted")
    assert actions.deliver(message.public_id) == "uncertain"
    assert len(server.sent) == 1
    actions.say_it_arrived(message, at=now())
    assert Message.objects.get().state == "sent"
    assert len(server.sent) == 1


def test_killed_where_the_gateway_tells_doubles_it_is_sent_exactly_once_by_itself(gateway_server, process_environment):
    own_program(gateway_server)
    sara(contacts=(("sms", "09120000001"),)), letting_go()
    message = news()
    killed_while_sending(message, gateway_server, process_environment)
    actions.sweep(real_at=real_now() + timedelta(minutes=6))
    Message.objects.update(next_try_at=real_now())
    assert actions.deliver(message.public_id) == "sent"
    assert gateway_server.sent == [message.public_id.hex]
    assert len(gateway_server.requests) == 2


def test_a_person_who_found_that_it_did_not_arrive_sends_it_once_more(gateway_server_of_sms_ir, process_environment):
    server = gateway_server_of_sms_ir
    sara(contacts=(("sms", "09120000001"),)), letting_go()
    message = news()
    killed_while_sending(message, server, process_environment)
    actions.sweep(real_at=real_now() + timedelta(minutes=6))
    message.refresh_from_db()
    actions.send_again(message, real_at=real_now())
    assert actions.deliver(message.public_id) == "sent"
    with pytest.raises(Problem):
        actions.send_again(message, real_at=real_now())
    assert Message.objects.get().state == "sent"


def test_many_workers_at_once_send_it_once(gateway_server):
    own_program(gateway_server)
    sara(contacts=(("sms", "09120000001"),)), letting_go()
    message = news()

    def work():
        try:
            actions.deliver(message.public_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(gateway_server.requests) == 1
    assert Attempt.objects.count() == 1
    assert Message.objects.get().state == "sent"


def test_many_who_ask_with_the_same_key_ask_for_one_message():
    sara()
    found = []

    def ask():
        try:
            found.append(news().public_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert Message.objects.count() == 1


def test_a_message_whose_job_got_lost_is_taken_up_again(post_office):
    from vafa.jobs.models import Job

    sara(), letting_go(), mail_gateway(**post_office.settings())
    message = news()
    Job.objects.all().delete()
    assert actions.sweep(real_at=real_now() + timedelta(minutes=3)) == 1
    assert Job.objects.get().arguments == {"message": str(message.public_id)}


def test_what_was_asked_for_in_a_transaction_that_failed_is_not_sent():
    from django.db import transaction

    from vafa.jobs.models import Job

    sara()
    with transaction.atomic():
        news()
        transaction.set_rollback(True)
    assert Message.objects.count() == 0
    assert Job.objects.count() == 0
