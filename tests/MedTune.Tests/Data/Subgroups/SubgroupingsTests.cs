using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class SubgroupingsTests
{
    [Theory]
    [InlineData("age", true)]
    [InlineData("Age (years)", true)]
    [InlineData("age_at_diagnosis", true)]
    [InlineData("年龄", true)]
    [InlineData("gestational age", false)]
    [InlineData("page", false)]
    [InlineData("stage", false)]
    public void IsAge_Name_IsTold(string name, bool expected) => Assert.Equal(expected, PersonName.IsAge(name));

    [Theory]
    [InlineData("sex", true)]
    [InlineData("Gender", true)]
    [InlineData("raceCode", true)]
    [InlineData("is_male", true)]
    [InlineData("性别", true)]
    [InlineData("sex hormone", false)]
    [InlineData("trace", false)]
    public void IsGroup_Name_IsTold(string name, bool expected) => Assert.Equal(expected, PersonName.IsGroup(name));

    [Fact]
    public void Of_Dataset_FindsAgeBandsSexDroppedRaceAndSites()
    {
        var text = new StringBuilder("age,sex,race,site,x,y\n");
        for (int i = 0; i < 60; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : (17 + i).ToString(CultureInfo.InvariantCulture))},{i % 2},{(i % 5 == 0 ? "NA" : i % 3 == 0 ? "b" : "a")},{(i < 30 ? "north" : "south")},{i * 0.37},{i % 2}\n");
        }

        Dataset dataset = TableFile.Dataset(text.ToString(), new DatasetOptions { Target = "y", Drop = ["race"], Site = "site", Missing = ["NA"] });
        var found = Subgroupings.Of(dataset);
        Assert.Equal(["age", "sex", "race", "site"], found.Select(each => each.Name));
        Assert.Equal(["under 18", "18 to 39", "40 to 54", "55 to 64", "65 to 74", "75 and over"], found[0].Groups.ToArray());
        Assert.Equal([-1, 1, 1], found[0].GroupOfRow[..3]);
        Assert.Equal((2, 3, 4, 5), (found[0].GroupOfRow[23], found[0].GroupOfRow[38], found[0].GroupOfRow[48], found[0].GroupOfRow[58]));
        Assert.Equal(["0", "1"], found[1].Groups.ToArray());
        Assert.Equal(["a", "b"], found[2].Groups.ToArray());
        Assert.Equal([-1, 0, 0, 1], found[2].GroupOfRow[..4]);
        Assert.Equal(["north", "south"], found[3].Groups.ToArray());
    }

    [Fact]
    public void Of_NoSuchColumns_IsEmpty() =>
        Assert.Empty(Subgroupings.Of(TableFile.Dataset("x,y\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n", new DatasetOptions { Target = "y" })));
}
