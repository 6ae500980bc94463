//! The bodies of the district and their names.

use super::figures::Figures;
use super::{Body, Fate, Level};

/// The body above all others.
pub(super) const CITY: &str = "岚川市人民政府";

const CITY_PREFIX: &str = "岚川市";

const DEPARTMENTS: &[&str] = &[
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "林业局",
    "体育局",
];

const FIRST: &[&str] = &[
    "青", "白", "石", "云", "松", "竹", "梅", "柳", "龙", "凤", "金", "玉", "长", "永", "东", "西",
    "南", "北", "新", "安",
];

const SECOND: &[&str] = &[
    "溪", "岭", "坪", "湾", "桥", "河", "塘", "峰", "泉", "谷", "洲", "港", "原", "坡", "沟", "滩",
];

/// So many bodies: city departments, counties, county departments and townships.
pub(super) fn bodies(n: usize) -> Vec<Body> {
    let n_counties = (n / 40).clamp(2, 40);
    let n_departments = (n / 5).min(DEPARTMENTS.len());
    let mut bodies: Vec<Body> = DEPARTMENTS[..n_departments]
        .iter()
        .map(|name| body(&format!("{CITY_PREFIX}{name}"), "市直", Level::CityDepartment, None))
        .collect();
    let counties: Vec<(usize, String)> =
        (0..n_counties).map(|i| (n_departments + i, format!("{}县", place(i)))).collect();
    for (i, (_, county)) in counties.iter().enumerate() {
        let mut government = body(&format!("{county}人民政府"), county, Level::County, None);
        // Every second county adds up its bodies itself.
        government.summed = i % 2 == 1;
        bodies.push(government);
    }
    for i in 0..n.saturating_sub(bodies.len()) {
        let (index, county) = &counties[i % n_counties];
        let round = i / n_counties;
        bodies.push(match DEPARTMENTS.get(round) {
            Some(department) => {
                let name = format!("{county}{department}");
                body(&name, county, Level::CountyDepartment, Some(*index))
            }
            None => {
                let name =
                    format!("{county}{}镇人民政府", place(round * n_counties + i % n_counties));
                body(&name, county, Level::Township, Some(*index))
            }
        });
    }
    bodies
}

/// A place name that no other number gives.
fn place(i: usize) -> String {
    let (first, second) = (i % FIRST.len(), i / FIRST.len());
    let third = second / SECOND.len();
    let more = if third == 0 { "" } else { SECOND[third % SECOND.len()] };
    format!("{}{more}{}", FIRST[first], SECOND[second % SECOND.len()])
}

fn body(name: &str, folder: &str, level: Level, county: Option<usize>) -> Body {
    Body {
        name: name.to_owned(),
        file: format!("{folder}/{name}.toml"),
        fate: Fate::Good,
        level,
        county,
        summed: false,
        figures: Figures::default(),
    }
}
