using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>Batches that tell the label stop a training; batches that measurements show are told.</summary>
public sealed class BatchEffectsTests
{
    [Fact]
    public void Of_CasesInOneBatchControlsInAnother_Stops()
    {
        var data = MadeTables.Of(GeneForm.Expression, effect: 0);
        var found = Of(data, row => data.Classes[row] == 1 ? "plate 1" : "plate 2");

        var finding = Assert.Single(found, finding => finding.Code == GeneFindingCodes.BatchTellsLabel);
        Assert.Equal((FindingSeverity.Stop, "plate"), (finding.Severity, finding.Column));
        Assert.Contains("AUROC of 1.000", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BatchesWithBothClasses_SayNothingOfTheLabel()
    {
        var data = MadeTables.Of(GeneForm.Expression, effect: 0);
        Assert.Empty(Of(data, row => row / 2 % 2 == 0 ? "plate 1" : "plate 2"));
    }

    [Fact]
    public void Of_MeasurementsThatDifferBetweenBatches_AreTold()
    {
        var data = MadeTables.Of(GeneForm.Expression, effect: 0);
        float[] values = data.Values.ToArray();
        for (int row = 0; row < data.Rows; row++)
        {
            for (int feature = 0; row / 2 % 2 == 0 && feature < 40; feature++)
            {
                values[(row * data.Features.Length) + feature] *= 3;
            }
        }

        var moved = new GeneData { Input = data.Input, ClassNames = data.ClassNames, Classes = data.Classes, Groups = data.Groups, Features = data.Features, Values = values };
        var finding = Assert.Single(Of(moved, row => row / 2 % 2 == 0 ? "plate 1" : "plate 2"));
        Assert.Equal((GeneFindingCodes.MeasurementsTellBatch, FindingSeverity.Note), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData("batch", true)]
    [InlineData("Array_Batch", true)]
    [InlineData("sequencing.center", true)]
    [InlineData("plateau", false)]
    [InlineData("age", false)]
    public void IsBatch_NamesOfColumns_ByWholeWords(string name, bool isBatch) => Assert.Equal(isBatch, BatchColumns.IsBatch(name));

    private static Finding[] Of(GeneData data, Func<int, string> plate) =>
        [.. BatchEffects.Of(data, [new GeneBatch("plate", [.. Enumerable.Range(0, data.Rows).Select(plate)])], 1, TaskPool.Sequential, default)];
}
