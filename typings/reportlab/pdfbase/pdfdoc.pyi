from collections.abc import Sequence

class PDFObjectReference:
    def __init__(self, name: str) -> None: ...

class PDFName:
    def __init__(self, data: str) -> None: ...

class PDFString:
    def __init__(self, s: str) -> None: ...

class PDFArray:
    def __init__(self, sequence: Sequence[object]) -> None: ...

class PDFDictionary:
    def __init__(self, dict: dict[str, object]) -> None: ...
    def __setitem__(self, name: str, value: object) -> None: ...

class PDFPage:
    __NoDefault__: list[str]
    StructParents: int

class PDFCatalog:
    StructTreeRoot: PDFObjectReference
    MarkInfo: PDFDictionary

class PDFDocument:
    Catalog: PDFCatalog
    idToObject: dict[str, PDFPage]
    def Reference(self, object: object) -> PDFObjectReference: ...
