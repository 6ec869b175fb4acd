using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Genes;

/// <summary>Gene data of every form read through one door: told by content, joined with labels, grouped, and refused with a sentence.</summary>
public sealed class GeneSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(">a\nACGT\n", null, GeneForm.Sequence)]
    [InlineData("@a\nACGT\n+\nIIII\n", null, GeneForm.Sequence)]
    [InlineData("id,sequence,label\n1,ACGTACGTACGT,a\n", null, GeneForm.Sequence)]
    [InlineData("sequence\tlabel\nACGTAC CGTACG GTACGT\t1\n", null, GeneForm.Sequence)]
    [InlineData("id,sequence,label\n1,first,a\n", null, GeneForm.None)]
    [InlineData("age,sex\n1,m\n", null, GeneForm.None)]
    [InlineData("gene\ts1\ts2\nA\t1\t2\n", "labels.csv", GeneForm.Expression)]
    [InlineData("##fileformat=VCFv4.2\n#CHROM\tPOS\n", null, GeneForm.Genotype)]
    [InlineData("", null, GeneForm.None)]
    public void FormOf_Content_NotNames(string text, string? labels, GeneForm form)
    {
        string path = _folder.Write("data.bin", text);

        Assert.Equal(form, GeneSet.FormOf(path, new DatasetOptions { Genes = new GeneFiles { Labels = labels } }));
    }

    [Fact]
    public void Open_Matrix_JoinsLabelsPatientsAndSites()
    {
        string matrix = _folder.Write("matrix.csv", "sample,A,B\ns3,1,2\ns1,3,\ns2,5,6\ns4,3,\nextra,9,9\n");
        string labels = _folder.Write("labels.csv", "sample,state,person,clinic\ns1,yes,p1,north\ns2,no,p2,south\ns3,no,p1,north\nnobody,yes,p9,south\ns4,yes,p4,south\n");

        var set = GeneSet.Open(matrix, new DatasetOptions { Target = "state", Patient = "person", Site = "clinic", Genes = new GeneFiles { Labels = labels } });

        Assert.Equal(["no", "yes"], set.Classes.AsEnumerable());
        Assert.Equal([1, 0, 0, 1], set.Labels.AsEnumerable());
        Assert.Equal([0, 1, 2, 4], set.RowNumbers.AsEnumerable());
        Assert.Equal([0, 1, 0, 0], set.Groups.AsEnumerable()); // s1 and s3 are one person, s4 has the measurements of s1
        Assert.Equal((5, 1, 3, 2), (set.FileRows, set.Repeated, set.Summarize().Patients, set.Summarize().Sites));
        Assert.Equal([3, float.NaN, 5, 6, 1, 2, 3, float.NaN], set.Values.ToArray());
    }

    [Fact]
    public void Arranged_OtherGenes_AreMissingAndExtraOnesLeftOut()
    {
        string matrix = _folder.Write("matrix.csv", "gene,s1,s2\nA,1,2\nB,3,4\n");

        var set = GeneSet.OpenUnlabelled(matrix, new DatasetOptions(), GeneForm.Expression, ["B", "C"]).Arranged(["B", "C"], out int missing);

        Assert.Equal(1, missing);
        Assert.Equal([3, float.NaN, 4, float.NaN], set.Values.ToArray());
        Assert.Equal(["s1", "s2"], set.Names.AsEnumerable());
    }

    [Fact]
    public void ReadFolds_RowsOfTheTableOfLabels_Found()
    {
        string matrix = _folder.Write("matrix.csv", "sample,A\ns1,1\ns2,2\ns4,4\ns5,5\n");
        string labels = _folder.Write("labels.csv", "sample,label\ns1,a\ns2,b\ns3,a\ns4,a\ns5,b\n");
        var set = GeneSet.Open(matrix, new DatasetOptions { Genes = new GeneFiles { Labels = labels } });

        var folds = set.ReadFolds(_folder.Write("folds.csv", "row,fold\n0,0\n1,0\n2,1\n3,1\n4,1\n"));

        Assert.Equal([0, 0, 1, 1], folds.Assignment.FoldOfRow);
        Assert.Contains(folds.Findings, finding => finding.Code == FindingCodes.FoldsRowsLeftOut && finding.Count == 1);
    }

    [Fact]
    public void Digest_OrderOfTheFile_DoesNotMatterWhereTheLabelsTell()
    {
        string labels = _folder.Write("labels.csv", "sample,label\ns1,a\ns2,b\n");
        var options = new DatasetOptions { Genes = new GeneFiles { Labels = labels } };

        string one = GeneSet.Open(_folder.Write("one.csv", "sample,A,B\ns1,1,2\ns2,3,4\n"), options).Digest;
        string turned = GeneSet.Open(_folder.Write("two.csv", "gene,s2,s1\nA,3,1\nB,4,2\n"), options).Digest;
        string other = GeneSet.Open(_folder.Write("three.csv", "sample,A,B\ns1,1,2\ns2,3,5\n"), options).Digest;

        Assert.Equal(one, turned);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", "--labels")]
    [InlineData(">only\nACGT\n", "name one file for each class")]
    [InlineData("id,sequence,other\n1,ACGTACGTACGT,a\n", "--target")]
    [InlineData("id,sequence,label\n1,ACGTACGTACGT,a\n2,ACGTXCGTACGT,b\n", "no code of a nucleotide")]
    public void Open_CannotBeUsed_SaysWhatIsMissing(string text, string expected)
    {
        string path = _folder.Write("data.txt", text);

        Assert.Contains(expected, Assert.Throws<DataException>(() => GeneSet.Open(path, new DatasetOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ClassesOfAModel_KeepItsOrderAndRefuseOthers()
    {
        string path = _folder.Write("data.csv", "sequence,label\nACGTACGTACGT,b\nTTTTACGTACGT,a\n");

        Assert.Equal([0, 1], GeneSet.Open(path, new DatasetOptions { ClassNames = ["b", "a"] }).Labels.AsEnumerable());
        Assert.Contains("Name the classes alike", Assert.Throws<DataException>(() => GeneSet.Open(path, new DatasetOptions { ClassNames = ["a", "c"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenUnlabelled_AnotherForm_SaysWhatTheModelReads()
    {
        string path = _folder.Write("data.csv", "age\n3\n");

        Assert.Contains("the model reads sequences", Assert.Throws<DataException>(() => GeneSet.OpenUnlabelled(path, new DatasetOptions(), GeneForm.Sequence, [])).Message, StringComparison.Ordinal);
    }
}
