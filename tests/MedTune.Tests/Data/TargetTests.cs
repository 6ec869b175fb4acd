using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class TargetTests
{
    private static readonly ImmutableArray<string> Columns = ["num", "num>0", "Category", "诊断", "a in b", "my col"];

    [Theory]
    [InlineData("num", "num", TargetOperator.Levels, "")]
    [InlineData("num>0", "num>0", TargetOperator.Levels, "")]
    [InlineData("num>0>1", "num>0", TargetOperator.Greater, "1")]
    [InlineData("num >= 2.5", "num", TargetOperator.GreaterOrEqual, "2.5")]
    [InlineData("num<1", "num", TargetOperator.Less, "1")]
    [InlineData("num<=1", "num", TargetOperator.LessOrEqual, "1")]
    [InlineData("num≥1", "num", TargetOperator.GreaterOrEqual, "1")]
    [InlineData("num = 1", "num", TargetOperator.Equal, "1")]
    [InlineData("num==1", "num", TargetOperator.Equal, "1")]
    [InlineData("num!=1", "num", TargetOperator.NotEqual, "1")]
    [InlineData("Category in 'a','b'", "Category", TargetOperator.In, "a|b")]
    [InlineData("Category in ( 'a, x', \"b\" , c )", "Category", TargetOperator.In, "a, x|b|c")]
    [InlineData("Category in 'it''s','b'", "Category", TargetOperator.In, "it's|b")]
    [InlineData("Category in '<30'", "Category", TargetOperator.Equal, "<30")]
    [InlineData("Category contains 'E','F'", "Category", TargetOperator.Contains, "E|F")]
    [InlineData("Category matches ^[EF],", "Category", TargetOperator.Matches, "^[EF],")]
    [InlineData("诊断 in ‘阳性’，‘弱阳性’", "诊断", TargetOperator.In, "阳性|弱阳性")]
    [InlineData("诊断 contains '阳'", "诊断", TargetOperator.Contains, "阳")]
    [InlineData("a in b in c,d", "a in b", TargetOperator.In, "c|d")]
    [InlineData(" my col = x ", "my col", TargetOperator.Equal, "x")]
    public void Parse_Rule_IsRead(string text, string column, TargetOperator op, string values)
    {
        var rule = TargetRule.Parse(text, Columns);
        Assert.Equal((column, op, values), (rule.Column, rule.Operator, string.Join('|', rule.Values)));
        var again = TargetRule.Parse(rule.Text, Columns);
        Assert.Equal((rule.Text, rule.Column, rule.Operator), (again.Text, again.Column, again.Operator));
    }

    [Theory]
    [InlineData("nam", "did you mean 'num'")]
    [InlineData("Categry in 'a'", "did you mean 'Category'")]
    [InlineData("zzzz>0", "There is no column 'zzzz'")]
    [InlineData("", "No target was named")]
    [InlineData("num>", "cannot be read")]
    [InlineData("num>high", "is no number")]
    [InlineData("num>1,2", "cannot be read")]
    [InlineData("Category in 'a", "does not close it")]
    [InlineData("Category in 'a' 'b'", "put commas")]
    [InlineData("Category matches [", "no regular expression")]
    public void Parse_UnreadableRule_SaysWhatToWrite(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataException>(() => TargetRule.Parse(text, Columns)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("y>0", "0 1 2.0 ? 3", "0 1 1 _ 1")]
    [InlineData("y<=1", "0 1 2.0 ? 3", "1 1 0 _ 0")]
    [InlineData("y=2", "0 1 2.0 - 2", "0 0 1 _ 1")]
    [InlineData("y!=2", "0 1 2.0 NA 2", "1 1 0 _ 0")]
    [InlineData("y in 1,2", "0 1 2.0 NA 2", "0 1 1 _ 1")]
    [InlineData("y in '<30'", "NO >30 <30 NO", "0 0 1 0")]
    [InlineData("y contains E,F", "- AE F G E|H", "0 1 1 0 1")]
    [InlineData("y matches ^(E|F)", "- AE F G E|H ?", "0 0 1 0 1 _")]
    [InlineData("y in 阳性,弱阳性", "阴性 阳性 弱阳性 未知", "0 1 1 _")]
    [InlineData("y", "0 1 0 1.0", "0 1 0 1")]
    [InlineData("y", "no yes no", "0 1 0")]
    [InlineData("y", "alive dead alive", "0 1 0")]
    [InlineData("y", "ckd notckd ckd", "1 0 1")]
    [InlineData("y", "1 2 2 1", "1 0 0 1")]
    [InlineData("y", "b a a", "1 0 0")]
    [InlineData("y", "c a b a", "2 0 1 0")]
    [InlineData("y", "10 9 2 9", "2 1 0 1")]
    public void Apply_Rule_GivesTheClassOfEachRow(string target, string cells, string expected)
    {
        Dataset dataset = Make(target, cells.Split(' '));
        string[] known = [.. expected.Split(' ').Where(text => text != "_")];
        Assert.Equal(known, dataset.Target.Select(value => $"{value}"));
        int missing = expected.Count(c => c == '_');
        Assert.Equal(missing, dataset.LeftOut.Sum(rows => rows.Count));
        Assert.Equal(missing, dataset.Findings.Where(finding => finding.Code == FindingCodes.TargetMissing).Sum(finding => finding.Count));
    }

    [Theory]
    [InlineData("y", "1", "0 1 1", "0|1")]
    [InlineData("y", "0", "0 1 1", "1|0")]
    [InlineData("y", "0.0", "0 1 1", "1|0")]
    [InlineData("y", "<30", "NO <30 >30 NO", "y!='<30'|y='<30'")]
    [InlineData("y>1", null, "0 1 2", "y<=1|y>1")]
    [InlineData("y contains a", null, "a b ab", "not y contains 'a'|y contains 'a'")]
    public void Apply_TwoClasses_PositiveIsLast(string target, string? positive, string cells, string expected) =>
        Assert.Equal(expected, string.Join('|', Make(target, cells.Split(' '), positive).ClassNames));

    [Theory]
    [InlineData("y", "1 1 1", null, "Every row has the same target")]
    [InlineData("y>5", "1 2 3", null, "Every row has the same target, 'y<=5' (3 rows)")]
    [InlineData("y", "? NA nan", null, "has no value in any row")]
    [InlineData("y", "1.5 2.5 3.5 4 5", null, "write a rule that names the positive rows, such as --target 'y>3.5'")]
    [InlineData("y", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", null, "--target 'y>11'")]
    [InlineData("y", "a b c d e f g h i j k l m n o p q r s t u a b c d e f g h i j k l m n o p q r s t u", null, "at most 20 classes")]
    [InlineData("y", "Ann Bob Cai Dee Eve Flo", null, "like an identifier")]
    [InlineData("y in x", "Ann Bob Cai Dee Eve Flo", null, "the value 'x'.")]
    [InlineData("y>0", "a b c", null, "holds texts")]
    [InlineData("y in x", "a b c", null, "its values are 'a', 'b', 'c'")]
    [InlineData("y", "a b a", "z", "given as --positive")]
    [InlineData("y", "a b c", "z", "has the value 'z'")]
    [InlineData("y>1", "1 2 3", "2", "leave --positive out")]
    [InlineData("q", "1 2 3", null, "There is no column 'q'")]
    public void Apply_UnusableTarget_IsRefused(string target, string cells, string? positive, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataException>(() => Make(target, cells.Split(' '), positive)).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_ChosenPositiveClass_IsStated()
    {
        Finding certain = Make("y", "no yes no".Split(' ')).Findings.Single(finding => finding.Code == FindingCodes.PositiveClass);
        Finding guessed = Make("y", "1 2 2 1".Split(' ')).Findings.Single(finding => finding.Code == FindingCodes.PositiveClass);
        Assert.Equal((FindingSeverity.Note, FindingSeverity.Warning), (certain.Severity, guessed.Severity));
        Assert.Contains("--positive '2'", guessed.Action, StringComparison.Ordinal);
        Assert.DoesNotContain(Make("y", "1 2 2".Split(' '), "2").Findings, finding => finding.Code == FindingCodes.PositiveClass);
    }

    [Fact]
    public void Apply_ModelClasses_KeepTheirOrderAndMayBeAbsent()
    {
        using var file = new TableFile("x,y\n1,b\n2,b\n3,c\n");
        var options = new DatasetOptions { Target = "y", ClassNames = ["a", "b", "c"] };
        Assert.Equal([1, 1, 2], Dataset.From(TableReader.Read(file.Path), options).Target);
        DataException refusal = Assert.Throws<DataException>(() => Dataset.From(TableReader.Read(file.Path), options with { ClassNames = ["a", "b"] }));
        Assert.Contains("none of the expected classes", refusal.Message, StringComparison.Ordinal);
    }

    private static Dataset Make(string target, string[] cells, string? positive = null) => TableFile.Dataset(
        "x;y\n" + string.Concat(cells.Select((cell, i) => $"{i % 7 * 1.5};{cell}\n")),
        new DatasetOptions { Target = target, Positive = positive, Read = new TableReadOptions { Separator = ';' } });
}
