"""Crossplane's protocol: the SDK's messages, but with Structs and lists left encoded.

A Struct in a message is bytes until it is read, and so is every map and list in a Struct. The bytes on the
wire are the same. That makes a call cheap: most of a request is metadata.managedFields and pod templates,
which nobody reads here.
"""

from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import duration_pb2, struct_pb2
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

STRUCT, LIST = ".google.protobuf.Struct", ".google.protobuf.ListValue"


class MalformedError(ValueError):
    """The bytes of a request can't be read. The message is a sentence."""


POOL = DescriptorPool()
"""A pool of its own, because these messages have the names of the SDK's."""


def add(file: FileDescriptor, *encoded: str) -> None:
    """Add a file's messages to the pool, with bytes for fields of the types `encoded`."""
    copy = FileDescriptorProto.FromString(file.serialized_pb)
    for field in (field for message in copy.message_type for field in message.field):
        if field.type_name in encoded:
            field.type = FieldDescriptorProto.TYPE_BYTES
            field.ClearField("type_name")
    POOL.Add(copy)


def message(name: str) -> Any:
    """The class of a message."""
    return GetMessageClass(POOL.FindMessageTypeByName(name))


add(duration_pb2.DESCRIPTOR)
add(struct_pb2.DESCRIPTOR, STRUCT, LIST)
add(fnv1.DESCRIPTOR, STRUCT)

Request = message(f"{fnv1.DESCRIPTOR.package}.RunFunctionRequest")
Response = message(f"{fnv1.DESCRIPTOR.package}.RunFunctionResponse")
State = message(f"{fnv1.DESCRIPTOR.package}.State")
Struct = message(STRUCT[1:])
ListValue = message(LIST[1:])
