"""Files as people attach them, good and bad, made in memory."""

import io
import zipfile
import zlib

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def uploaded(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def docx(author="Greta Writer"):
    document = Document()
    document.core_properties.author = document.core_properties.last_modified_by = author
    document.add_paragraph("What our agency knew.")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def xlsx():
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    book.set_properties({"author": "Greta Writer", "company": "Greta and Sons", "manager": "Gus"})
    book.add_worksheet().write_string(0, 0, "Chronology")
    book.close()
    return kept.getvalue()


def with_parts(package, **parts):
    """An Office file with further parts: `with_parts(docx(), **{"word/vbaProject.bin": b"..."})`."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


def jpeg(orientation=6, size=(40, 20)):
    """A picture with the place and the camera in its EXIF, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif[0x9286] = "A user comment"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 15.0, 30.0), 3: "W", 4: (5.0, 3.0, 1.0)})
    kept = io.BytesIO()
    picture = Image.new("RGB", size, "teal")
    picture.save(kept, "JPEG", exif=exif, comment=b"taken at 1 Hidden Lane", quality=90, progressive=True)
    return kept.getvalue()


def png():
    about = PngInfo()
    about.add_text("Author", "Greta Writer")
    about.add_itxt("Comment", "taken at 1 Hidden Lane")
    kept = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(kept, "PNG", pnginfo=about)
    return kept.getvalue()


def png_of(width, height):
    """A PNG that says it is so large and holds next to nothing."""

    def chunk(name, body):
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def encrypted_zip():
    """A package whose entries say they are encrypted."""
    content = bytearray(docx())
    at = 0
    while (at := content.find(b"PK\x03\x04", at)) >= 0:
        content[at + 6] |= 1
        at += 4
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)
