"""Generate Python code and a descriptor image from the contracts, with nothing but wheels.

    python proto/generate.py            code into proto/gen, image into proto/gen/yifa.binpb
    python proto/generate.py --image F  only an image (what `buf breaking` compares)

protoc comes with grpcio-tools, google/api and google/rpc with googleapis-common-protos. The protovalidate wheel carries
the descriptor of buf/validate/validate.proto but not its source, so it is handed to protoc as a descriptor set.
"""

import argparse
import sys
import sysconfig
import tempfile
from pathlib import Path

import grpc_tools
from google.protobuf import descriptor_pb2, duration_pb2, field_mask_pb2, timestamp_pb2
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent
VALIDATE = "buf/validate/validate.proto"


def validate_descriptor_set() -> bytes:
    """buf/validate/validate.proto and what it imports, as a serialized FileDescriptorSet."""
    try:
        from protovalidate._gen.buf.validate import validate_pb

        proto = validate_pb._DESC.proto.to_binary()
    except (ImportError, AttributeError) as moved:
        sys.exit(f"protovalidate no longer carries {VALIDATE} where it did in 2.1.0 ({moved}); pin 2.1.0")
    files = descriptor_pb2.FileDescriptorSet()
    for known in (descriptor_pb2, duration_pb2, field_mask_pb2, timestamp_pb2):
        files.file.add().ParseFromString(known.DESCRIPTOR.serialized_pb)
    files.file.add().ParseFromString(proto)
    return files.SerializeToString()


def run(source: Path, *outputs: str, files: list[str]) -> None:
    with tempfile.NamedTemporaryFile(suffix=".binpb") as known:
        known.write(validate_descriptor_set())
        known.flush()
        includes = [source, sysconfig.get_path("purelib"), Path(grpc_tools.__file__).parent / "_proto"]
        arguments = [
            "protoc",
            f"--descriptor_set_in={known.name}",
            *(f"-I{i}" for i in includes),
            *outputs,
            *files,
        ]
        # protoc reads imports either from descriptor sets or from -I; both are needed here.
        if protoc.main(arguments) != 0:
            sys.exit(1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--image", type=Path)
    arguments.add_argument("--source", type=Path, default=ROOT, help="folder of the contracts")
    options = arguments.parse_args()
    source = options.source.resolve()
    files = sorted(str(p.relative_to(source)) for p in (source / "yifa").rglob("*.proto"))
    image = options.image or ROOT / "gen" / "yifa.binpb"
    image.parent.mkdir(parents=True, exist_ok=True)
    run(source, "--include_imports", "--include_source_info", f"--descriptor_set_out={image}", files=files)
    if options.image:
        return
    out = ROOT / "gen"
    run(source, f"--python_out={out}", f"--pyi_out={out}", files=[VALIDATE, *files])
    services = [f for f in files if f.endswith("_service.proto")]
    run(source, f"--grpc_python_out={out}", files=services)


if __name__ == "__main__":
    main()
