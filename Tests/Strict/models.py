"""botocore's models of the services: read once each, when they are first needed."""

import functools

import botocore.session


@functools.cache
def session():
    return botocore.session.get_session()


@functools.cache
def model(service):
    return session().get_service_model(service)
