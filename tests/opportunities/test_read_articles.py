import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(
        "\ufeffКитай и Казахстан открыли университет\nСтороны подписали соглашение.",
        encoding="utf-8",
    )
    return path


def said(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_article_is_one_json_object_a_line(article, capsys):
    call_command("read_articles", article, article, json=True)
    first, second = said(capsys)
    assert first == second
    assert first["file"] == str(article)
    assert first["language"] == "ru"
    assert set(first["partners"]) == {"CN", "KZ"}
    assert first["sectors"] == ["education"]
    assert isinstance(first["opportunities"], list)


def test_what_cannot_be_read_is_named_and_the_others_are_read(article, tmp_path, capsys):
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00\xd8")
    files = [tmp_path / "page.pdf", tmp_path / "bytes.txt", tmp_path / "none.txt", article]
    with pytest.raises(CommandError, match="3 of 4"):
        call_command("read_articles", *files, json=True)
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert all(name in err for name in ("page.pdf", "bytes.txt", "none.txt"))


def test_without_json_a_person_reads_one_line(article, capsys):
    call_command("read_articles", article)
    assert "ru · " in capsys.readouterr().out


def test_an_empty_file_says_nothing(tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("")
    call_command("read_articles", tmp_path / "empty.txt", json=True)
    (read,) = said(capsys)
    assert (read["language"], read["partners"], read["sectors"]) == ("", [], [])


def test_what_is_promised_rests_on_a_sentence_of_the_file(tmp_path, capsys):
    path = tmp_path / "text.txt"
    path.write_text(
        "Китай и Казахстан\nКитай выделит 300 стипендий для студентов до 1 марта 2027 года. Сообщает агентство.",
        encoding="utf-8",
    )
    call_command("read_articles", path, json=True)
    (offer,) = said(capsys)[0]["opportunities"]
    assert (offer["kind"], offer["standing"]) == ("scholarship", "announced")
    assert (offer["places_available"], offer["deadline"]) == (300, "2027-03-01")
    assert offer["quote"] == path.read_text(encoding="utf-8")[offer["start"] : offer["end"]]


PAGE = """<!doctype html><html lang="ru"><head><title>Китай и Казахстан</title>
<meta property="article:published_time" content="2026-11-02"></head><body><nav>Главная</nav>
<article><h1>Китай и Казахстан</h1><p>Китай выделит 300 стипендий для студентов до 1 марта. Об этом
сообщает агентство со ссылкой на министерство образования, которое готовит соглашение.</p>
<p>Стороны подписали соглашение о сотрудничестве университетов двух стран.</p></article></body></html>"""


def test_page_kept_as_a_file_is_read_like_one_that_was_fetched(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    call_command("read_articles", path, json=True)
    (read,) = said(capsys)
    assert set(read["partners"]) == {"CN", "KZ"}
    assert [one["kind"] for one in read["opportunities"]] == ["scholarship"]
    assert "Главная" not in json.dumps(read, ensure_ascii=False)


def test_page_without_an_article_is_named_with_the_reason(tmp_path, capsys):
    path = tmp_path / "page.html"
    path.write_text("<html><body><p>404</p></body></html>")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("read_articles", path)
    assert "page.html: " in capsys.readouterr().err
