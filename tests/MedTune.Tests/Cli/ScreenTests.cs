using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Evaluation;

namespace MedTune.Tests.Cli;

public sealed class ScreenTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("年龄", 4)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("─█", 2)]
    public void Width_Text_CountsPlaces(string text, int width) => Assert.Equal(width, DisplayWidth.Of(text));

    [Fact]
    public void Wrap_Prose_BreaksAtSpaces() => Assert.Equal(["one two", "three"], WordWrap.Lines("one two  three", 8));

    [Fact]
    public void Wrap_LongPath_StaysWhole() => Assert.Equal(["see", "runs/a-long-name/model.onnx"], WordWrap.Lines("see runs/a-long-name/model.onnx", 10));

    [Fact]
    public void Wrap_Chinese_BreaksBetweenLetters() => Assert.Equal(["中文中文", "中文"], WordWrap.Lines("中文中文中文", 8));

    [Fact]
    public void Table_LongAndChineseTexts_FitTheWidth()
    {
        ConsoleTable table = new ConsoleTable().Column("列名").Numbers("missing").Column("why");
        table.Row("收缩压(毫米汞柱)的平均值,测量三次", "12", string.Join(' ', Enumerable.Repeat("many words", 30)));
        table.Row("a\tb\u001b[31m", "0", new Cell(new string('x', 200), Emphasis.Bad));
        string[] lines = [.. table.Lines(Screen.MaximumWidth, hasColor: false)];
        Assert.All(lines, line => Assert.True(DisplayWidth.Of(line) <= Screen.MaximumWidth, line));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.EndsWith(' '));
        Assert.Contains(lines, line => line.Contains("收缩压", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_Markup_IsTakenLiterally()
    {
        string[] lines = [.. new ConsoleTable().Column("[red]name[/]").Row("[bold]x").Lines(80, hasColor: false)];
        Assert.Contains(lines, line => line.Contains("[red]name[/]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("[bold]x", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_OnATerminal_HasColor() =>
        Assert.Contains(new ConsoleTable().Column("a").Row(new Cell("x", Emphasis.Bad)).Lines(80, hasColor: true), line => line.Contains('\u001b', StringComparison.Ordinal));

    [Fact]
    public void Json_Numbers_AreFiniteOrNull()
    {
        Assert.Null(JsonText.Number(double.NaN));
        Assert.Null(JsonText.Number(double.PositiveInfinity));
        JsonObject estimate = JsonText.Estimate(new Estimate(0.5, double.NaN, 0.75, "a method"));
        Assert.Equal("""{"value":0.5,"low":null,"high":0.75,"method":"a method"}""", estimate.ToJsonString());
        Assert.Contains("年龄 > 'x'", JsonText.Write(new JsonObject { ["name"] = "年龄 > 'x'" }), StringComparison.Ordinal);
        Assert.Equal("free-text", JsonText.Word(ColumnKind.FreeText));
    }

    [Theory]
    [InlineData(0.5, "█████")]
    [InlineData(0.25, "██▌")]
    [InlineData(0, "")]
    [InlineData(double.NaN, "")]
    [InlineData(2, "██████████")]
    public void Bar_Value_HasItsLength(double value, string bar) => Assert.Equal(bar, Bar.Of(value, 1, 10));

    [Fact]
    public void Bar_Signed_StandsOnItsSide()
    {
        Assert.Equal("  ██│", Bar.Signed(-0.5, 1, 4));
        Assert.Equal("    │████", Bar.Signed(1, 1, 4));
    }

    [Theory]
    [InlineData(1234567.25, "1,234,567")]
    [InlineData(-880.0, "-880")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(54.4389, "54.44")]
    [InlineData(double.NaN, "-")]
    public void Figure_Value_IsShort(double value, string text) => Assert.Equal(text, FigureText.Value(value));

    [Theory]
    [InlineData(0, 9105, "0 %")]
    [InlineData(1, 9105, "<0.1 %")]
    [InlineData(82, 9105, "0.9 %")]
    [InlineData(1, 3, "33 %")]
    [InlineData(9104, 9105, ">99.9 %")]
    [InlineData(5, 5, "100 %")]
    [InlineData(0, 0, "-")]
    public void Percent_Part_NeverRoundsToNoneOrAll(int part, int whole, string text) => Assert.Equal(text, FigureText.Percent(part, whole));

    [Fact]
    public void Csv_Fields_AreQuotedWhereNeeded()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        CsvLine.Write(writer, ["a", "b,c", "d\"e", " f", "g\nh", ""]);
        Assert.Equal("a,\"b,c\",\"d\"\"e\",\" f\",\"g\nh\",\n", writer.ToString());
    }
}
