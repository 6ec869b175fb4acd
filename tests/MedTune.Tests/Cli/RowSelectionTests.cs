using MedTune.Cli.Options;
using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

public sealed class RowSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Table _table;

    public RowSelectionTests() => _table = TableReader.Read(_folder.Write("a.csv", "mrn,a=b,x\n10,1,5\n11,2,6\n10,3,7\n"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("2", new[] { 2 })]
    [InlineData("mrn=10", new[] { 0, 2 })]
    [InlineData("a=b=2", new[] { 1 })]
    public void Find_Id_GivesItsRows(string id, int[] rows) => Assert.Equal(rows, RowSelection.Find(id, _table));

    [Theory]
    [InlineData("3", "numbered from 0 to 2")]
    [InlineData("mrm=10", "mrm")]
    [InlineData("mrn=99", "No row has the value of --id in the column 'mrn'")]
    [InlineData("later", "such as mrn=4711")]
    public void Find_WrongId_IsRefused(string id, string said) =>
        Assert.Contains(said, Assert.Throws<DataException>(() => RowSelection.Find(id, _table)).Message, StringComparison.Ordinal);
}
