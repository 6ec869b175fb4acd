using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class FoldFileTests
{
    private const string Data = "mrn,x,y\na,1,0\na,2,1\nb,3,0\nc,3,0\nd,4,\ne,5,1\n";

    [Fact]
    public void Read_FoldFile_IsFollowedExactly()
    {
        FoldFile file = Read("row,label,fold,fold1\n5,1,7,0\n0,0,3,1\n1,1,3,0\n2,0,7,0\n");
        Assert.Equal([0, 0, 1, -1, 1], file.Assignment.FoldOfRow);
        Assert.Equal("3 7", string.Join(' ', file.FoldNumbers));
        Assert.Equal(1, file.Findings.Single(finding => finding.Code == FindingCodes.FoldsRowsNotListed).Count);
    }

    [Fact]
    public void Read_RowWithoutTarget_IsAFinding()
    {
        FoldFile file = Read("row,fold\n0,0\n1,0\n2,1\n3,1\n4,1\n5,1\n");
        Assert.Equal(1, file.Findings.Single(finding => finding.Code == FindingCodes.FoldsRowsLeftOut).Count);
    }

    [Fact]
    public void Read_PatientsAndEqualRowsOnTwoSides_AreFindings()
    {
        FoldFile file = Read("row,fold\n0,0\n1,1\n2,0\n3,1\n5,0\n");
        Assert.Equal(1, file.Findings.Single(finding => finding.Code == FindingCodes.FoldsSplitPatients).Count);
        Assert.Equal(1, file.Findings.Single(finding => finding.Code == FindingCodes.FoldsSplitDuplicates).Count);
        Assert.Equal([0, 1, 0, 1, 0], file.Assignment.FoldOfRow);
    }

    [Theory]
    [InlineData("row,part\n0,1\n", "has no column 'fold'")]
    [InlineData("id,fold\n0,1\n", "has no column 'row'")]
    [InlineData("row,fold\n6,1\n", "lists row 6 (its data row 1), but the data has 6 rows, numbered 0 to 5")]
    [InlineData("row,fold\n0,1\n1,0\n0,0\n", "lists row 0 twice (its data rows 1 and 3)")]
    [InlineData("row,fold\n0,1\n1,\n", "has no number in the column 'fold' of its data row 2")]
    [InlineData("row,fold\n0,1\nx,1\n", "has no number in the column 'row' of its data row 2")]
    [InlineData("row,fold\n0,1\n1,0.5\n", "has no whole number from 0 in the column 'fold' of its data row 2")]
    [InlineData("row,fold\n-1,1\n1,0\n", "has no whole number from 0 in the column 'row' of its data row 1")]
    [InlineData("row,fold\n0,1\n1,1\n", "has one fold only")]
    [InlineData("row,fold\n0,0\n1,1\n2,0\n5,1\n", "gives all rows of the class '0' to fold 0")]
    [InlineData("row,fold\n0,0\n2,1\n", "lists no row of the class '1'")]
    [InlineData("row,fold\n0,1\n1,1\n4,0\n", "only rows without a known target into fold 0")]
    public void Read_WrongFoldFile_NamesTheError(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static FoldFile Read(string text)
    {
        using var file = new TableFile(text);
        return FoldFile.Read(file.Path, TableFile.Dataset(Data, new DatasetOptions { Target = "y", Patient = "mrn" }));
    }
}
